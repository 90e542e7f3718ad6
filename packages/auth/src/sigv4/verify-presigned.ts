import { type AwsCredentials, isRegion } from "@claude-on-aws/endpoints";
import { formatAmzDate, parseAmzDate } from "./amz-date.ts";
import { andThen } from "./and-then.ts";
import { bodyHashOf, UNKNOWN_HASH } from "./body-hash.ts";
import { canonicalQuery } from "./canonical-query.ts";
import { signedValuesReader, splitRequestTarget } from "./canonical-request.ts";
import { equalInConstantTime } from "./constant-time.ts";
import { type CredentialScope, formatCredentialScope, TERMINATOR } from "./credential-scope.ts";
import { ALGORITHM } from "./digest.ts";
import { MAX_PRESIGNED_SECONDS, signPresigned } from "./presign-request.ts";
import { UNSIGNED_PAYLOAD } from "./sign-request.ts";
import { signingKey } from "./signing-key.ts";
import type { RefusalCode, VerifyOptions } from "./verify-request.ts";
import { headerValue, type WireRequest } from "./wire-request.ts";
import { wrongService } from "./wrong-service.ts";

/** Options for {@link verifyPresignedRequest}. */
export interface VerifyPresignedOptions extends Omit<VerifyOptions, "credentials" | "losesHeader"> {
  /** Finds the credentials of an access key ID, with the session token that was sent; `undefined` if it is unknown. */
  readonly credentials: (accessKeyId: string, sessionToken?: string) => AwsCredentials | undefined;
  /**
   * The longest validity that is accepted, in seconds.
   *
   * @default {604_800}
   */
  readonly maxExpiresSeconds?: number | undefined;
  /**
   * How long a request is valid that does not say it with `X-Amz-Expires`, in seconds.
   *
   * @default {none: one that does not say it is refused with `EXPIRES_INVALID`}
   */
  readonly defaultExpiresSeconds?: number | undefined;
}

/** Why a presigned request was refused. */
export type PresignedRefusalCode = RefusalCode | "EXPIRES_INVALID" | "PRESIGNED_EXPIRED";

/** The verdict of {@link verifyPresignedRequest}. */
export type PresignedVerification =
  | {
      readonly ok: true;
      readonly credentials: AwsCredentials;
      readonly scope: CredentialScope;
      readonly signedAt: Date;
      /** When it stops being valid: its own time, or the end of the credentials. */
      readonly expiresAt: Date;
    }
  | {
      readonly ok: false;
      readonly code: PresignedRefusalCode;
      readonly message: string;
      /** Set where the signature covers a body that is not at hand, so that it cannot be judged. */
      readonly bodyMissing?: true;
    };

/**
 * Verifies a request whose signature is in its query.
 *
 * @example Usage
 * ```ts
 * import { presignRequest, verifyPresignedRequest } from "@claude-on-aws/auth/sigv4";
 * import { equal } from "node:assert/strict";
 *
 * const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
 * const presigned = await presignRequest(
 *   { method: "GET", target: "/v1/models", headers: [["host", "127.0.0.1:4242"]], httpVersion: "1.1", body: new Uint8Array() },
 *   { credentials, region: "us-east-1", service: "aws-external-anthropic" },
 * );
 * const verdict = await verifyPresignedRequest(presigned, { credentials: () => credentials });
 * equal(verdict.ok, true);
 * ```
 *
 * @param request The request as it was received.
 * @param options Whose credentials count, and what the request has to be scoped to.
 * @returns The verdict; never throws on what a client sent.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html | Authentication methods}
 */
export async function verifyPresignedRequest(
  request: WireRequest,
  options: VerifyPresignedOptions,
): Promise<PresignedVerification> {
  const { now = new Date(), maxClockSkewMs = 300_000, maxExpiresSeconds = MAX_PRESIGNED_SECONDS } = options;
  const { path, query } = splitRequestTarget(request.target);
  const parameters = parseParameters(query);
  const signature = parameters.get("X-Amz-Signature");
  if (signature === undefined) return refuse("AUTHORIZATION_MISSING", "Missing Authentication Token");
  if (parameters.get("X-Amz-Algorithm") !== ALGORITHM) {
    return refuse("AUTHORIZATION_MALFORMED", `X-Amz-Algorithm must be '${ALGORITHM}'.`);
  }
  const credential = (parameters.get("X-Amz-Credential") ?? "").split("/");
  if (credential.length < 5) return refuse("CREDENTIAL_MALFORMED", "X-Amz-Credential must have 5 parts.");
  const [date = "", region = "", service = "", terminator = ""] = credential.slice(-4);
  const scope: CredentialScope = { date, region, service };
  const amzDate = parameters.get("X-Amz-Date");
  if (amzDate === undefined) return refuse("DATE_MISSING", "X-Amz-Date is missing.");
  const signedAt = parseAmzDate(amzDate);
  if (signedAt === undefined || !amzDate.endsWith("Z")) return refuse("DATE_MALFORMED", "X-Amz-Date is not a date.");
  if (terminator !== TERMINATOR) return refuse("SCOPE_TERMINATOR", `The scope must end with '${TERMINATOR}'.`);
  const wanted = wrongService(options.service, service);
  if (wanted !== undefined) {
    return refuse("WRONG_SERVICE", `Credential should be scoped to correct service: '${wanted}'.`);
  }
  if (options.region === undefined ? !isRegion(region) : options.region !== region) {
    return refuse("WRONG_REGION", `Credential should be scoped to a valid Region, not '${region}'.`);
  }
  if (formatAmzDate(signedAt).slice(0, 8) !== date) {
    return refuse("DATE_NOT_IN_SCOPE", "Date in Credential scope does not match X-Amz-Date.");
  }
  const expires = parameters.get("X-Amz-Expires");
  const seconds = expires === undefined ? (options.defaultExpiresSeconds ?? Number.NaN) : Number(expires);
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > maxExpiresSeconds) {
    return refuse("EXPIRES_INVALID", `X-Amz-Expires must be a whole number from 1 to ${maxExpiresSeconds}.`);
  }
  if (signedAt.getTime() - now.getTime() > maxClockSkewMs) return refuse("CLOCK_SKEW", "Signature not yet current.");
  const expiresAt = new Date(signedAt.getTime() + seconds * 1000);
  if (now >= expiresAt) return refuse("PRESIGNED_EXPIRED", `Signature expired at ${expiresAt.toISOString()}.`);
  const signedHeaders = (parameters.get("X-Amz-SignedHeaders") ?? "").split(";");
  if (!signedHeaders.includes("host") && !signedHeaders.includes(":authority")) {
    return refuse("HOST_NOT_SIGNED", "'Host' must be a signed header.");
  }
  const valuesOf = signedValuesReader(request);
  const missing = signedHeaders.find((name) => valuesOf(name).length === 0);
  if (missing !== undefined) return refuse("SIGNED_HEADER_MISSING", `'${missing}' is signed but was not sent.`);
  const token = parameters.get("X-Amz-Security-Token");
  const credentials = options.credentials(credential.slice(0, -4).join("/"), token);
  if (credentials === undefined) return refuse("ACCESS_KEY_UNKNOWN", TOKEN_INVALID);
  if (token === undefined && credentials.sessionToken !== undefined)
    return refuse("SESSION_TOKEN_MISSING", TOKEN_INVALID);
  if (!equalInConstantTime(token ?? "", credentials.sessionToken ?? "")) {
    return refuse("SESSION_TOKEN_INVALID", TOKEN_INVALID);
  }
  if (credentials.expiration !== undefined && credentials.expiration <= now) {
    return refuse("CREDENTIALS_EXPIRED", "The security token included in the request is expired");
  }
  const isUnsigned = statedPayload(request, parameters)?.trim() === UNSIGNED_PAYLOAD;
  if (isUnsigned && options.allowUnsignedPayload === false) {
    return refuse("BODY_UNSIGNED", `The body must be signed: '${UNSIGNED_PAYLOAD}' is not accepted here.`);
  }
  const payloadHash = isUnsigned ? UNSIGNED_PAYLOAD : await bodyHashOf(request, options);
  const expected = await signPresigned(request, {
    path,
    query: canonicalQuery(query, "X-Amz-Signature"),
    signedHeaders,
    payloadHash,
    sign: (hash) =>
      andThen(signingKey(credentials, scope, formatCredentialScope(scope)), ({ sign }) => sign(amzDate, hash)),
  });
  if (!equalInConstantTime(expected, signature)) {
    const message = "The request signature we calculated does not match the signature you provided.";
    const refused = { ok: false, code: "SIGNATURE_MISMATCH", message } as const;
    return payloadHash === UNKNOWN_HASH ? { ...refused, bodyMissing: true } : refused;
  }
  const { expiration } = credentials;
  const end = expiration !== undefined && expiration < expiresAt ? expiration : expiresAt;
  return { ok: true, credentials, scope, signedAt, expiresAt: end };
}

/** Signers that move headers into the query leave their names as they are written. */
function statedPayload({ headers }: WireRequest, parameters: ReadonlyMap<string, string>): string | undefined {
  const header = headerValue(headers, "x-amz-content-sha256");
  if (header !== undefined) return header;
  for (const [name, value] of parameters) if (name.toLowerCase() === "x-amz-content-sha256") return value;
  return undefined;
}

/** What the query of a presigned request says of its signature, judged or not. */
export interface PresignedParameters {
  readonly accessKeyId: string;
  readonly scope: CredentialScope;
  /** When it was signed; `undefined` where that cannot be read. */
  readonly signedAt: Date | undefined;
  readonly sessionToken: string | undefined;
}

/**
 * Reads what the query of a request says of its signature, without verifying it.
 *
 * @example Usage
 * ```ts
 * import { readPresigned } from "@claude-on-aws/auth/sigv4";
 * import { equal } from "node:assert/strict";
 *
 * const target = "/?X-Amz-Credential=AKID%2F20261121%2Fus-east-1%2Fbedrock%2Faws4_request&X-Amz-Signature=00";
 * equal(readPresigned(target)?.scope.service, "bedrock");
 * equal(readPresigned("/v1/models"), undefined);
 * ```
 *
 * @param target Path and query, as sent.
 * @returns `undefined` where there is no signature in the query, or no credential of five parts.
 */
export function readPresigned(target: string): PresignedParameters | undefined {
  const parameters = parseParameters(splitRequestTarget(target).query);
  const credential = (parameters.get("X-Amz-Credential") ?? "").split("/");
  if (!parameters.has("X-Amz-Signature") || credential.length < 5) return undefined;
  const [date = "", region = "", service = ""] = credential.slice(-4);
  return {
    accessKeyId: credential.slice(0, -4).join("/"),
    scope: { date, region, service },
    signedAt: parseAmzDate(parameters.get("X-Amz-Date") ?? ""),
    sessionToken: parameters.get("X-Amz-Security-Token"),
  };
}

const TOKEN_INVALID = "The security token included in the request is invalid.";

const refuse = (code: PresignedRefusalCode, message: string): PresignedVerification => ({ ok: false, code, message });

/**
 * Reads the parameters of a query.
 *
 * @param query What follows the `?`.
 * @returns Names and values, decoded; if a name is given twice, the first value counts.
 */
export function parseParameters(query: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const parameter of query.split("&")) {
    const equals = parameter.indexOf("=");
    const name = decode(equals < 0 ? parameter : parameter.slice(0, equals));
    if (!parameters.has(name)) parameters.set(name, equals < 0 ? "" : decode(parameter.slice(equals + 1)));
  }
  return parameters;
}

/** A text in which a `%` starts no valid sequence stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
