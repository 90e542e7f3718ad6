import { AWS_KEY_FAMILIES, type AwsKeyFamily, isAccountId, keyFamily } from "@claude-on-aws/endpoints";
import { AuthError } from "../errors.ts";
import { parseAmzDate } from "../sigv4/amz-date.ts";
import { parseParameters } from "../sigv4/verify-presigned.ts";
import { decodeBase64 } from "./base64.ts";

/** A key that a person made in the console, good until it is deleted. */
export interface LongTermKey {
  readonly family: "anthropic-aws" | "bedrock";
  readonly term: "long";
  /** Name of the IAM user behind the key. */
  readonly userName: string;
  /** Twelve digits. */
  readonly accountId: string;
}

/** A key made of credentials, good for twelve hours at most. */
export interface ShortTermKey {
  readonly family: "anthropic-aws" | "bedrock";
  readonly term: "short";
  /** The presigned URL inside, without scheme: a secret, as it authenticates. */
  readonly url: string;
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
  readonly signedAt: Date;
  /** By the key alone; the credentials behind it may end earlier. */
  readonly expiresAt: Date;
}

/** A key of the Claude Console, a token of a Claude subscription, or one of which only its owner knows the form. */
export interface OpaqueKey {
  readonly family: "console" | "oauth" | "unknown";
  readonly term: "unknown";
}

/** What {@link parseApiKey} finds. */
export type ApiKey = LongTermKey | ShortTermKey | OpaqueKey;

/**
 * Reads what an API key says about itself. Nothing is verified.
 *
 * @example Usage
 * ```ts
 * import { parseApiKey } from "@claude-on-aws/auth";
 * import { equal } from "node:assert/strict";
 *
 * const key = parseApiKey(`ABSK${btoa("BedrockAPIKey-abcd-at-123456789012:secret")}`);
 * equal(key.term === "long" && key.accountId, "123456789012");
 * ```
 *
 * @param text The key; space around it is not part of it.
 * @returns Its family and term, and what these hold; never the secret of a long-term key.
 * @throws {AuthError} `KEY_MALFORMED` where it begins like a key of AWS and does not go on like one.
 */
export function parseApiKey(text: string): ApiKey {
  const key = text.trim();
  const family = keyFamily(key);
  if (family !== "anthropic-aws" && family !== "bedrock") return { family, term: "unknown" };
  const facts = AWS_KEY_FAMILIES[family];
  return key.startsWith(facts.shortTermPrefix) ? parseShortTerm(key, family, facts) : parseLongTerm(key, family, facts);
}

function parseShortTerm(key: string, family: ShortTermKey["family"], facts: AwsKeyFamily): ShortTermKey {
  const url = decodeBase64(key.slice(facts.shortTermPrefix.length));
  if (url === undefined) throw malformed(facts, "short", "base64 behind the prefix", "something else");
  const start = `${facts.host}/?`;
  if (!url.startsWith(start)) throw malformed(facts, "short", `a URL that begins with "${start}"`, "another");
  const parameters = parseParameters(url.slice(start.length));
  if (parameters.get("Action") !== "CallWithBearerToken" || !url.endsWith(VERSION)) {
    throw malformed(facts, "short", `Action=CallWithBearerToken and, last, ${VERSION.slice(1)}`, "something else");
  }
  const credential = (parameters.get("X-Amz-Credential") ?? "").split("/");
  const [, region, service] = credential.slice(-4);
  const signedAt = parseAmzDate(parameters.get("X-Amz-Date") ?? "");
  const seconds = Number(parameters.get("X-Amz-Expires") ?? Number.NaN);
  if (credential.length < 5 || region === undefined || service === undefined) {
    throw malformed(facts, "short", "X-Amz-Credential of 5 parts", `${credential.length}`);
  }
  if (signedAt === undefined || !Number.isInteger(seconds)) {
    throw malformed(facts, "short", "X-Amz-Date and X-Amz-Expires", "something else");
  }
  const expiresAt = new Date(signedAt.getTime() + seconds * 1000);
  if (Number.isNaN(expiresAt.getTime())) throw malformed(facts, "short", "a time within reach", "another");
  const accessKeyId = credential.slice(0, -4).join("/");
  return { family, term: "short", url, accessKeyId, region, service, signedAt, expiresAt };
}

/** What follows the presigned URL in a short-term key; not signed. */
export const VERSION = "&Version=1";

function parseLongTerm(key: string, family: LongTermKey["family"], facts: AwsKeyFamily): LongTermKey {
  const text = decodeBase64(key.slice(facts.longTermSkip));
  const start = text?.indexOf(facts.userPrefix) ?? -1;
  // Keys of Claude Platform on AWS have three bytes before the name.
  if (text === undefined || start < 0 || start > 3) {
    throw malformed(facts, "long", `base64 of a name that begins with "${facts.userPrefix}"`, "something else");
  }
  const colon = text.indexOf(":", start);
  const userName = text.slice(start, colon < 0 ? text.length : colon);
  const at = userName.lastIndexOf("-at-");
  const accountId = userName.slice(at + 4);
  if (colon < 0 || at < 0 || !isAccountId(accountId)) {
    throw malformed(facts, "long", '"NAME-at-ACCOUNT:SECRET" with an account of 12 digits', "something else");
  }
  return { family, term: "long", userName, accountId };
}

/** Says what is wrong with a key without printing it. */
function malformed(facts: AwsKeyFamily, term: "short" | "long", expected: string, found: string): AuthError {
  const prefix = term === "short" ? facts.shortTermPrefix : facts.longTermPrefix;
  return new AuthError(
    "KEY_MALFORMED",
    `Cannot read API key "${prefix}…": expected ${expected}, found ${found}; copy the whole key again`,
  );
}
