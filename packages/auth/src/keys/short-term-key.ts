import { AWS_KEY_FAMILIES, type AwsCredentials } from "@claude-on-aws/endpoints";
import { AuthError } from "../errors.ts";
import { presignRequest } from "../sigv4/presign-request.ts";
import {
  type PresignedVerification,
  type VerifyPresignedOptions,
  verifyPresignedRequest,
} from "../sigv4/verify-presigned.ts";
import type { WireRequest } from "../sigv4/wire-request.ts";
import { encodeBase64 } from "./base64.ts";
import { parseApiKey, VERSION } from "./parse-api-key.ts";

/** Twelve hours, the longest that a short-term key is valid. */
export const MAX_KEY_SECONDS = 43_200;

/** Options for {@link generateShortTermKey}. */
export interface ShortTermKeyOptions {
  /** Whom the key stands for. */
  readonly credentials: AwsCredentials;
  /** Which service the key is for. */
  readonly family: "anthropic-aws" | "bedrock";
  /** Region in which the key is valid. */
  readonly region: string;
  /**
   * How long the key is valid, in seconds: 1 to 43,200. It never outlives the credentials.
   *
   * @default {43_200}
   */
  readonly expiresInSeconds?: number | undefined;
  /**
   * Time of signing.
   *
   * @default {new Date()}
   */
  readonly date?: Date | undefined;
}

/**
 * Generates a short-term API key: a presigned `CallWithBearerToken`.
 *
 * @example Usage
 * ```ts
 * import { generateShortTermKey } from "@claude-on-aws/auth";
 * import { match } from "node:assert/strict";
 *
 * const key = await generateShortTermKey({
 *   credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" },
 *   family: "anthropic-aws",
 *   region: "us-east-1",
 * });
 * match(key, /^aws-external-anthropic-api-key-/);
 * ```
 *
 * @param options Whose credentials, for which service and region, and for how long.
 * @returns The key: for `x-api-key` on Claude Platform on AWS, for `Authorization: Bearer` on Amazon Bedrock.
 * @throws {AuthError} `EXPIRES_INVALID`; `CREDENTIALS_EXPIRED` if the credentials have ended, `CREDENTIALS_NOT_FOUND` if there are none;
 * `DATE_INVALID`.
 * @see {@link https://github.com/aws/aws-bedrock-token-generator-js | @aws/bedrock-token-generator 1.1.0}, which writes the same for Amazon Bedrock
 */
export async function generateShortTermKey(options: ShortTermKeyOptions): Promise<string> {
  const { credentials, family, region, expiresInSeconds = MAX_KEY_SECONDS, date = new Date() } = options;
  if (!Number.isInteger(expiresInSeconds) || expiresInSeconds < 1 || expiresInSeconds > MAX_KEY_SECONDS) {
    throw new AuthError(
      "EXPIRES_INVALID",
      `Cannot generate a key for ${expiresInSeconds} seconds: expected a whole number from 1 to ${MAX_KEY_SECONDS}`,
    );
  }
  const left = Math.floor(((credentials.expiration?.getTime() ?? Infinity) - date.getTime()) / 1000);
  if (left < 1) {
    throw new AuthError(
      "CREDENTIALS_EXPIRED",
      `Cannot generate a key: the credentials ended ${credentials.expiration?.toISOString()}; get fresh ones`,
    );
  }
  const { shortTermPrefix, host, service } = AWS_KEY_FAMILIES[family];
  const { target } = await presignRequest(tokenRequest(host, "/?Action=CallWithBearerToken"), {
    credentials,
    region,
    service,
    date,
    expiresInSeconds: Math.min(expiresInSeconds, left),
  });
  return `${shortTermPrefix}${encodeBase64(`${host}${target}${VERSION}`)}`;
}

/** The verdict of {@link verifyShortTermKey}: that of the signature inside the key, or what is wrong with the key. */
export type KeyVerification =
  | PresignedVerification
  | { readonly ok: false; readonly code: "KEY_MALFORMED" | "NOT_SHORT_TERM"; readonly message: string };

/** Options for {@link verifyShortTermKey}. */
export type VerifyKeyOptions = Omit<VerifyPresignedOptions, "bodySha256" | "service" | "maxExpiresSeconds">;

/**
 * Verifies a short-term API key: the signature inside it, its time, and its credentials.
 *
 * @example Usage
 * ```ts
 * import { generateShortTermKey, verifyShortTermKey } from "@claude-on-aws/auth";
 * import { equal } from "node:assert/strict";
 *
 * const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
 * const key = await generateShortTermKey({ credentials, family: "bedrock", region: "us-east-1" });
 * equal((await verifyShortTermKey(key, { credentials: () => credentials })).ok, true);
 * ```
 *
 * @param key The key; space around it is not part of it.
 * @param options Whose credentials count, and where.
 * @returns The verdict; never throws on what a client sent.
 */
export async function verifyShortTermKey(key: string, options: VerifyKeyOptions): Promise<KeyVerification> {
  let parsed: ReturnType<typeof parseApiKey>;
  try {
    parsed = parseApiKey(key);
  } catch (cause) {
    if (!(cause instanceof AuthError)) throw cause;
    return { ok: false, code: "KEY_MALFORMED", message: cause.message };
  }
  if (parsed.term !== "short") {
    return { ok: false, code: "NOT_SHORT_TERM", message: "Only a short-term key carries a signature to verify." };
  }
  const { host, service } = AWS_KEY_FAMILIES[parsed.family];
  const target = parsed.url.slice(host.length, -VERSION.length);
  return verifyPresignedRequest(tokenRequest(host, target), {
    ...options,
    service,
    maxExpiresSeconds: MAX_KEY_SECONDS,
  });
}

const tokenRequest = (host: string, target: string): WireRequest => ({
  method: "POST",
  target,
  headers: [["host", host]],
  httpVersion: "1.1",
  body: new Uint8Array(),
});
