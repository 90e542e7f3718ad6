import { AWS_KEY_FAMILIES, type AwsKeyFamily, isAccountId, keyFamily } from "@claude-on-aws/endpoints";
import { AuthError } from "../errors.ts";
import { parseAmzDate } from "../sigv4/amz-date.ts";
import { parseParameters } from "../sigv4/verify-presigned.ts";
import { decodeBase64 } from "./base64.ts";

/** A key that a person made in the console, valid until it is deleted. */
export interface LongTermKey {
  readonly family: "anthropic-aws" | "bedrock";
  readonly term: "long";
  /** Name of the IAM user to whom the key belongs. */
  readonly userName: string;
  /** Twelve digits. */
  readonly accountId: string;
}

/** A key made of credentials, valid for twelve hours at most. */
export interface ShortTermKey {
  readonly family: "anthropic-aws" | "bedrock";
  readonly term: "short";
  /** The presigned URL inside, without its scheme: a secret, because it authenticates. */
  readonly url: string;
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
  readonly signedAt: Date;
  /** As the key says; the credentials that it was made of may end earlier. */
  readonly expiresAt: Date;
}

/** A key of the Claude Console, a token of a Claude subscription, or a key of a form that only its owner knows. */
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
 * @throws {AuthError} `KEY_MALFORMED` if it begins like an AWS key and does not go on like one.
 */
export function parseApiKey(text: string): ApiKey {
  const key = text.trim();
  const family = keyFamily(key);
  if (family !== "anthropic-aws" && family !== "bedrock") return { family, term: "unknown" };
  const form = AWS_KEY_FAMILIES[family];
  return key.startsWith(form.shortTermPrefix) ? parseShortTerm(key, family, form) : parseLongTerm(key, family, form);
}

function parseShortTerm(key: string, family: ShortTermKey["family"], form: AwsKeyFamily): ShortTermKey {
  const url = decodeBase64(key.slice(form.shortTermPrefix.length));
  if (url === undefined) throw malformed(form, "short", "base64 after the prefix", "something else");
  const start = `${form.host}/?`;
  if (!url.startsWith(start)) throw malformed(form, "short", `a URL that begins with "${start}"`, "another");
  const parameters = parseParameters(url.slice(start.length));
  if (parameters.get("Action") !== "CallWithBearerToken" || !url.endsWith(VERSION)) {
    throw malformed(form, "short", `Action=CallWithBearerToken and, last, ${VERSION.slice(1)}`, "something else");
  }
  const credential = (parameters.get("X-Amz-Credential") ?? "").split("/");
  const [, region, service] = credential.slice(-4);
  const signedAt = parseAmzDate(parameters.get("X-Amz-Date") ?? "");
  const seconds = Number(parameters.get("X-Amz-Expires") ?? Number.NaN);
  if (credential.length < 5 || region === undefined || service === undefined) {
    throw malformed(form, "short", "X-Amz-Credential of 5 parts", `${credential.length}`);
  }
  if (signedAt === undefined || !Number.isInteger(seconds)) {
    throw malformed(form, "short", "X-Amz-Date and X-Amz-Expires", "something else");
  }
  const expiresAt = new Date(signedAt.getTime() + seconds * 1000);
  if (Number.isNaN(expiresAt.getTime())) throw malformed(form, "short", "a time within reach", "another");
  const accessKeyId = credential.slice(0, -4).join("/");
  return { family, term: "short", url, accessKeyId, region, service, signedAt, expiresAt };
}

/** What follows the presigned URL in a short-term key; not signed. */
export const VERSION = "&Version=1";

function parseLongTerm(key: string, family: LongTermKey["family"], form: AwsKeyFamily): LongTermKey {
  const text = decodeBase64(key.slice(form.longTermSkip));
  const start = text?.indexOf(form.userPrefix) ?? -1;
  // Keys of Claude Platform on AWS have three bytes before the name.
  if (text === undefined || start < 0 || start > 3) {
    throw malformed(form, "long", `base64 of a name that begins with "${form.userPrefix}"`, "something else");
  }
  const colon = text.indexOf(":", start);
  const userName = text.slice(start, colon < 0 ? text.length : colon);
  const at = userName.lastIndexOf("-at-");
  const accountId = userName.slice(at + 4);
  if (colon < 0 || at < 0 || !isAccountId(accountId)) {
    throw malformed(form, "long", '"NAME-at-ACCOUNT:SECRET" with an account of 12 digits', "something else");
  }
  return { family, term: "long", userName, accountId };
}

/** Says what is wrong with a key without printing it. */
function malformed(form: AwsKeyFamily, term: "short" | "long", expected: string, found: string): AuthError {
  const prefix = term === "short" ? form.shortTermPrefix : form.longTermPrefix;
  return new AuthError(
    "KEY_MALFORMED",
    `Cannot read API key "${prefix}…": expected ${expected}, found ${found}; copy the whole key again`,
  );
}
