import { BEDROCK_LONG_TERM, BEDROCK_SHORT_TERM, PLATFORM_LONG_TERM, PLATFORM_SHORT_TERM } from "./key-prefixes.ts";

/**
 * Whose key a text is: one of the two families of AWS, a key of the Claude Console, a token of a signed-in Claude
 * subscription, or none of these, such as the token of a gateway.
 */
export type KeyFamily = "anthropic-aws" | "bedrock" | "console" | "oauth" | "unknown";

/** How long a key lives: hours at most, or until somebody deletes it. */
export type KeyTerm = "short" | "long";

/** One form of key. */
export interface KeyForm {
  readonly family: Exclude<KeyFamily, "unknown">;
  readonly term: KeyTerm;
  /** What it begins with. The `sk-ant-` of placeholders says nothing without the kind after it. */
  readonly prefix: string;
  /** What follows in a key that was issued, as the source of a regular expression; placeholders are shorter. */
  readonly issued: string;
}

const PRESIGNED = "[A-Za-z0-9+/=_-]{20,}";
const BASE64 = "[A-Za-z0-9+/=]{24,}";
/** The version of the form, and the secret. */
const VERSIONED = "[0-9]{2}-[A-Za-z0-9_-]{20,}";

/**
 * The forms of keys that clients of Claude hold. No service of AWS takes those of the last two families.
 *
 * @example Usage
 * ```ts
 * import { KEY_FORMS } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * equal(KEY_FORMS.find(({ family, term }) => family === "bedrock" && term === "long")?.prefix, "ABSK");
 * ```
 *
 * @see {@link https://code.claude.com/docs/en/authentication | Authentication of Claude Code}
 * @see {@link https://github.com/BerriAI/litellm/pull/37905 | A token of a subscription that was sent to Amazon Bedrock}
 */
export const KEY_FORMS: readonly KeyForm[] = [
  { family: "anthropic-aws", term: "short", prefix: PLATFORM_SHORT_TERM, issued: PRESIGNED },
  { family: "anthropic-aws", term: "long", prefix: PLATFORM_LONG_TERM, issued: BASE64 },
  { family: "bedrock", term: "short", prefix: BEDROCK_SHORT_TERM, issued: PRESIGNED },
  { family: "bedrock", term: "long", prefix: BEDROCK_LONG_TERM, issued: BASE64 },
  { family: "console", term: "long", prefix: "sk-ant-api", issued: VERSIONED },
  { family: "console", term: "long", prefix: "sk-ant-admin", issued: VERSIONED },
  { family: "oauth", term: "long", prefix: "sk-ant-oat", issued: VERSIONED },
  { family: "oauth", term: "long", prefix: "sk-ant-ort", issued: VERSIONED },
];

/** Whose key it is, in words that follow "one of". */
export const KEY_FAMILY_TITLES: Readonly<Record<Exclude<KeyFamily, "unknown">, string>> = {
  "anthropic-aws": "Claude Platform on AWS",
  bedrock: "Amazon Bedrock",
  console: "the Claude Console",
  oauth: "a Claude subscription",
};
