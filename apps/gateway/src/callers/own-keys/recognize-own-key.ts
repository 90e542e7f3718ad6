import { parseApiKey } from "@claude-on-aws/auth";
import { type AwsProvider, KEY_FAMILY_TITLES, keyFamily } from "@claude-on-aws/endpoints";
import type { Header } from "@claude-on-aws/fetch";
import { createHash } from "node:crypto";

/** A client's own key, as its service takes it. */
export interface OwnKey {
  /** What the audit calls whoever has no other name: `key-` and the first 12 digits of the key's SHA-256. */
  readonly name: string;
  readonly header: Header;
  /** Providers that take keys of its family. */
  readonly providers: readonly AwsProvider[];
}

/** Which providers take a family of keys, and in which header: `authorization` where it was seen with all of them. */
const FAMILIES: Readonly<
  Record<
    "anthropic-aws" | "bedrock",
    { readonly providers: readonly AwsProvider[]; readonly toHeader: (key: string) => Header }
  >
> = {
  "anthropic-aws": { providers: ["anthropic-aws"], toHeader: (key) => ["x-api-key", key] },
  bedrock: { providers: ["bedrock", "mantle"], toHeader: (key) => ["authorization", `Bearer ${key}`] },
};

/**
 * Recognizes a key of AWS that a client holds itself. Whether it is good is for the service to say.
 *
 * @param credential What the client sent.
 * @returns The key; what is wrong with it, as words that follow "Cannot pass the key on: "; `undefined` where it is no key of any family.
 */
export function recognizeOwnKey(credential: string): OwnKey | string | undefined {
  const family = keyFamily(credential);
  if (family === "unknown") return undefined;
  if (family === "console" || family === "oauth") {
    return `it is one of ${KEY_FAMILY_TITLES[family]}, which no service of AWS takes; send a key of AWS, or a token of this gateway`;
  }
  try {
    parseApiKey(credential);
  } catch {
    return `it begins like one of ${KEY_FAMILY_TITLES[family]}, and is not whole; copy it again`;
  }
  const { providers, toHeader } = FAMILIES[family];
  const digits = createHash("sha256").update(credential).digest("hex").slice(0, 12);
  return { name: `key-${digits}`, header: toHeader(credential), providers };
}
