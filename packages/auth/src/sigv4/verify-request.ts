import { type AwsCredentials, isRegion } from "@claude-on-aws/endpoints";
import { AuthError } from "../errors.ts";
import { formatAmzDate, parseAmzDate } from "./amz-date.ts";
import { andThen } from "./and-then.ts";
import { type ReadAuthorization, readAuthorization, type SigV4Authorization } from "./authorization.ts";
import { joinCanonical } from "./canonical-request.ts";
import { bodyHashOf } from "./body-hash.ts";
import { canonicalValue } from "./canonical-value.ts";
import { equalInConstantTime } from "./constant-time.ts";
import { TERMINATOR } from "./credential-scope.ts";
import { digest, stringToSignOf } from "./digest.ts";
import { headerName } from "./header-name.ts";
import { UNSIGNED_PAYLOAD } from "./sign-request.ts";
import { signingKey } from "./signing-key.ts";
import type { WireRequest } from "./wire-request.ts";
import { wrongService } from "./wrong-service.ts";

/** Options for {@link verifyRequest}. */
export interface VerifyOptions {
  /** Finds the credentials of an access key ID; `undefined` if it is unknown. */
  readonly credentials: (accessKeyId: string) => AwsCredentials | undefined;
  /**
   * Signing name that the request must be scoped to; of several, any, and a refusal asks for the first.
   *
   * @default {any}
   */
  readonly service?: string | readonly string[] | undefined;
  /**
   * Region that the request must be scoped to.
   *
   * @default {any}
   */
  readonly region?: string | undefined;
  /**
   * The verifier's clock.
   *
   * @default {new Date()}
   */
  readonly now?: Date | undefined;
  /**
   * How far the time of signing may be off, in milliseconds, either way.
   *
   * @default {300_000}
   */
  readonly maxClockSkewMs?: number | undefined;
  /**
   * Whether `x-amz-content-sha256: UNSIGNED-PAYLOAD` is accepted, which leaves the body out of the signature.
   *
   * @default {true}
   */
  readonly allowUnsignedPayload?: boolean | undefined;
  /**
   * Lower-case hexadecimal SHA-256 of the body, if it is known already.
   *
   * @default {the hash of the body}
   */
  readonly bodySha256?: string | undefined;
  /**
   * Whether a body was sent that is not at hand, as in a record that leaves it out. The hash that `x-amz-content-sha256`
   * states is taken for it; without one no signature is right that covers the body.
   *
   * @default {false}
   */
  readonly bodyMissing?: boolean | undefined;
  /**
   * Whether a front end drops a header before the signature is checked, by its lower-case name: what was signed for it
   * is compared with an empty value.
   *
   * @default {none}
   */
  readonly losesHeader?: ((name: string) => boolean) | undefined;
}

/** Why a signature was refused. */
export type RefusalCode =
  | "AUTHORIZATION_MISSING"
  | "AUTHORIZATION_MALFORMED"
  | "CREDENTIAL_MALFORMED"
  | "DATE_MISSING"
  | "DATE_MALFORMED"
  | "SCOPE_TERMINATOR"
  | "WRONG_SERVICE"
  | "WRONG_REGION"
  | "DATE_NOT_IN_SCOPE"
  | "CLOCK_SKEW"
  | "HOST_NOT_SIGNED"
  | "SIGNED_HEADERS_UNSORTED"
  | "SIGNED_HEADER_MISSING"
  | "SESSION_TOKEN_NOT_SIGNED"
  | "ACCESS_KEY_UNKNOWN"
  | "SESSION_TOKEN_MISSING"
  | "SESSION_TOKEN_INVALID"
  | "CREDENTIALS_EXPIRED"
  | "BODY_UNSIGNED"
  | "SIGNATURE_MISMATCH";

/** A request whose signature is right. */
export interface Verified {
  readonly ok: true;
  readonly authorization: SigV4Authorization;
  /** The credentials that signed it. */
  readonly credentials: AwsCredentials;
  readonly signedAt: Date;
  /** Whether the body is covered by the signature. */
  readonly payload: "signed" | "unsigned";
}

/** A request whose signature is refused. */
export interface Refused {
  readonly ok: false;
  readonly code: RefusalCode;
  /** What is wrong, in the words of AWS if they are known. */
  readonly message: string;
  /** The parts of the header, if it could be read. */
  readonly authorization?: SigV4Authorization;
  /** What should have been signed, with `SIGNATURE_MISMATCH`. Holds header values, a session token among them. */
  readonly canonicalRequest?: string;
  /** With `SIGNATURE_MISMATCH`. */
  readonly stringToSign?: string;
}

/** The verdict of {@link verifyRequest}. */
export type Verification = Verified | Refused;

const SESSION_TOKEN = "x-amz-security-token";

/** Five minutes, as AWS allows. */
const MAX_CLOCK_SKEW_MS = 5 * 60 * 1000;

/** One check of a signed request: gives the refusal, or nothing if all is well. */
type Check = (signed: SignedRequest) => Refused | undefined;

/** A request whose `Authorization` header and date could be read. */
export interface SignedRequest {
  readonly request: WireRequest;
  readonly headers: HeaderIndex;
  readonly options: VerifyOptions;
  readonly authorization: SigV4Authorization;
  readonly read: ReadAuthorization;
  readonly amzDate: string;
  readonly signedAt: Date;
}

/** The checks in the order in which they are made: the first that refuses decides. */
export const CHECKS: readonly Check[] = [
  checkTerminator,
  checkService,
  checkRegion,
  checkScopeDate,
  checkClock,
  checkHostIsSigned,
  checkSignedHeadersAreSorted,
  checkSignedHeadersWereSent,
  checkSessionTokenIsSigned,
];

/**
 * Verifies the signature of a request as AWS does: recomputes it from what was
 * received and compares in constant time.
 *
 * Never throws on what a client sent: a malformed header is a verdict too.
 *
 * @example Usage
 * ```ts
 * import { signRequest, verifyRequest } from "@claude-on-aws/auth/sigv4";
 * import { equal } from "node:assert/strict";
 *
 * const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
 * const signed = await signRequest(
 *   { method: "GET", target: "/v1/models", headers: [["host", "127.0.0.1:4242"]], httpVersion: "1.1", body: new Uint8Array() },
 *   { credentials, region: "us-east-1", service: "aws-external-anthropic" },
 * );
 * const verdict = await verifyRequest({ ...signed, target: "/v1/files" }, { credentials: () => credentials });
 *
 * equal(verdict.ok, false);
 * ```
 *
 * @param request The request as it was received.
 * @param options Whose credentials count, and what the request has to be scoped to.
 * @returns The verdict; a refusal has the code of the first check that failed.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html | Troubleshoot Signature Version 4}
 */
export async function verifyRequest(request: WireRequest, options: VerifyOptions): Promise<Verification> {
  const signed = readSignedRequest(request, options);
  if ("ok" in signed) return signed;
  for (const check of CHECKS) {
    const refusal = check(signed);
    if (refusal !== undefined) return refusal;
  }
  const credentials = options.credentials(signed.authorization.accessKeyId);
  if (credentials === undefined) return refuse(signed, "ACCESS_KEY_UNKNOWN", TOKEN_INVALID);
  return checkSessionToken(signed, credentials) ?? checkSignature(signed, credentials);
}

/** What AWS says of an access key or a session token that it does not know. */
const TOKEN_INVALID = "The security token included in the request is invalid.";

/**
 * Reads what a signature is checked by.
 *
 * @param request The request as it was received.
 * @param options Passed on to the checks.
 * @returns What was read, or the refusal if the header or the date cannot be read.
 */
export function readSignedRequest(request: WireRequest, options: VerifyOptions): SignedRequest | Refused {
  const headers = indexHeaders(request.headers);
  const header = headers.get("authorization");
  if (header === undefined) {
    return { ok: false, code: "AUTHORIZATION_MISSING", message: "Missing Authentication Token" };
  }
  if (typeof header !== "string") {
    return { ok: false, code: "AUTHORIZATION_MALFORMED", message: "Authorization header must occur once." };
  }
  const amzDate = firstValue(headers, "x-amz-date") ?? firstValue(headers, "date");
  let read: ReadAuthorization;
  try {
    read = readAuthorization(header);
  } catch (cause) {
    if (!(cause instanceof AuthError)) throw cause;
    return refuseMalformed(cause, header, amzDate);
  }
  const { authorization } = read;
  if (amzDate === undefined) {
    return { ok: false, code: "DATE_MISSING", message: DATE_REQUIRED, authorization };
  }
  const signedAt = parseAmzDate(amzDate);
  if (signedAt === undefined) {
    const message = `Date must be in ISO-8601 'basic format'. Got '${amzDate}'. See http://en.wikipedia.org/wiki/ISO_8601`;
    return { ok: false, code: "DATE_MALFORMED", message, authorization };
  }
  return { request, headers, options, authorization, read, amzDate, signedAt };
}

/** The value of each header by its lower-case name, or the values in the order they were sent. */
export type HeaderIndex = ReadonlyMap<string, string | readonly string[]>;

function indexHeaders(headers: WireRequest["headers"]): HeaderIndex {
  const index = new Map<string, string | string[]>();
  for (const header of headers) {
    const { lower } = headerName(header[0]);
    const earlier = index.get(lower);
    if (earlier === undefined) index.set(lower, header[1]);
    else if (typeof earlier === "string") index.set(lower, [earlier, header[1]]);
    else earlier.push(header[1]);
  }
  return index;
}

/**
 * Finds the first value of a header.
 *
 * @param headers The headers.
 * @param name Lower-case name.
 * @returns The value; `undefined` if the header was not sent.
 */
export function firstValue(headers: HeaderIndex, name: string): string | undefined {
  const value = headers.get(name);
  return typeof value === "object" ? value[0] : value;
}

/**
 * Finds what a signature covers under a name. HTTP/2 carries the host as `:authority`; a client may sign it under either
 * name.
 *
 * @param headers The headers.
 * @param request The request, for its HTTP version.
 * @param name Lower-case name.
 * @returns The value or values; `undefined` if the header was not sent.
 */
export function signedValuesOf(
  headers: HeaderIndex,
  { httpVersion }: WireRequest,
  name: string,
): string | readonly string[] | undefined {
  const values = headers.get(name);
  if (values !== undefined || !httpVersion.startsWith("2")) return values;
  if (name === "host") return headers.get(":authority");
  return name === ":authority" ? headers.get("host") : undefined;
}

const DATE_REQUIRED = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";

function refuseMalformed(error: AuthError, header: string, amzDate: string | undefined): Refused {
  if (error.code === "CREDENTIAL_MALFORMED") {
    const message = "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.";
    return { ok: false, code: "CREDENTIAL_MALFORMED", message };
  }
  if (header.trim() === "") {
    return { ok: false, code: "AUTHORIZATION_MALFORMED", message: "Authorization header cannot be empty." };
  }
  const sentences = error.missing.map((name) => `Authorization header requires '${name}' parameter.`);
  if (amzDate === undefined) sentences.push(DATE_REQUIRED);
  return { ok: false, code: "AUTHORIZATION_MALFORMED", message: sentences.join(" ") };
}

function refuse({ authorization }: SignedRequest, code: RefusalCode, message: string): Refused {
  return { ok: false, code, message, authorization };
}

function checkTerminator(signed: SignedRequest): Refused | undefined {
  if (signed.authorization.terminator === TERMINATOR) return undefined;
  const message = `Credential should be scoped with a valid terminator: '${TERMINATOR}', not '${signed.authorization.terminator}'.`;
  return refuse(signed, "SCOPE_TERMINATOR", message);
}

function checkService(signed: SignedRequest): Refused | undefined {
  const wanted = wrongService(signed.options.service, signed.authorization.scope.service);
  if (wanted === undefined) return undefined;
  return refuse(signed, "WRONG_SERVICE", `Credential should be scoped to correct service: '${wanted}'.`);
}

function checkRegion(signed: SignedRequest): Refused | undefined {
  const { region } = signed.options;
  const found = signed.authorization.scope.region;
  if (region === undefined ? isRegion(found) : region === found) return undefined;
  return refuse(signed, "WRONG_REGION", `Credential should be scoped to a valid Region, not '${found}'.`);
}

function checkScopeDate(signed: SignedRequest): Refused | undefined {
  const { date } = signed.authorization.scope;
  if (signed.amzDate.startsWith(date) && date.length === 8) return undefined;
  const day = formatAmzDate(signed.signedAt).slice(0, 8);
  if (date === day) return undefined;
  const message = `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${day}', from '${signed.amzDate}'.`;
  return refuse(signed, "DATE_NOT_IN_SCOPE", message);
}

function checkClock(signed: SignedRequest): Refused | undefined {
  const { now = new Date(), maxClockSkewMs = MAX_CLOCK_SKEW_MS } = signed.options;
  const ageMs = now.getTime() - signed.signedAt.getTime();
  if (Math.abs(ageMs) <= maxClockSkewMs) return undefined;
  const limit = formatAmzDate(new Date(now.getTime() - Math.sign(ageMs) * maxClockSkewMs));
  const time = formatAmzDate(signed.signedAt);
  const clock = `${formatAmzDate(now)} ${ageMs > 0 ? "-" : "+"} ${maxClockSkewMs / 60_000} min.`;
  const message =
    ageMs > 0
      ? `Signature expired: ${time} is now earlier than ${limit} (${clock})`
      : `Signature not yet current: ${time} is still later than ${limit} (${clock})`;
  return refuse(signed, "CLOCK_SKEW", message);
}

function checkHostIsSigned(signed: SignedRequest): Refused | undefined {
  const { signedHeaders } = signed.authorization;
  if (signedHeaders.includes("host") || signedHeaders.includes(":authority")) return undefined;
  // A name in upper case is another kind of mistake.
  if (signedHeaders.some((name) => name.toLowerCase() === "host")) return undefined;
  const message = "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.";
  return refuse(signed, "HOST_NOT_SIGNED", message);
}

function checkSignedHeadersAreSorted(signed: SignedRequest): Refused | undefined {
  const { signedHeaders } = signed.authorization;
  if (signed.read.isCanonicalList) return undefined;
  const message = `SignedHeaders is not canonicalized: expected lower-case names, sorted, each once, found '${signedHeaders.join(";")}'.`;
  return refuse(signed, "SIGNED_HEADERS_UNSORTED", message);
}

function checkSignedHeadersWereSent(signed: SignedRequest): Refused | undefined {
  let missing: string | undefined;
  for (const name of signed.authorization.signedHeaders) {
    if (signed.headers.has(name) || wasSent(signed, name)) continue;
    missing = name;
    break;
  }
  if (missing === undefined) return undefined;
  if (missing === SESSION_TOKEN) return refuse(signed, "SESSION_TOKEN_MISSING", TOKEN_INVALID);
  const message = `'${missing}' is listed in SignedHeaders but is not a header of the request.`;
  return refuse(signed, "SIGNED_HEADER_MISSING", message);
}

const wasSent = ({ headers, request }: SignedRequest, name: string): boolean =>
  signedValuesOf(headers, request, name) !== undefined ||
  signedValuesOf(headers, request, name.toLowerCase()) !== undefined;

function checkSessionTokenIsSigned(signed: SignedRequest): Refused | undefined {
  if (!signed.headers.has(SESSION_TOKEN) || signed.authorization.signedHeaders.includes(SESSION_TOKEN))
    return undefined;
  return refuse(
    signed,
    "SESSION_TOKEN_NOT_SIGNED",
    `'${SESSION_TOKEN}' must be a 'SignedHeader' in the AWS Authorization.`,
  );
}

/**
 * Checks the session token of a request, and whether the credentials have expired.
 *
 * @param signed The request.
 * @param credentials The credentials that its access key ID names.
 * @returns The refusal, or nothing if all is well.
 */
export function checkSessionToken(signed: SignedRequest, credentials: AwsCredentials): Refused | undefined {
  const sent = firstValue(signed.headers, SESSION_TOKEN);
  if (credentials.sessionToken !== undefined && sent === undefined) {
    return refuse(signed, "SESSION_TOKEN_MISSING", TOKEN_INVALID);
  }
  if (!equalInConstantTime(sent?.trim() ?? "", credentials.sessionToken ?? "")) {
    return refuse(signed, "SESSION_TOKEN_INVALID", TOKEN_INVALID);
  }
  const { expiration } = credentials;
  if (expiration === undefined || expiration > (signed.options.now ?? new Date())) return undefined;
  return refuse(signed, "CREDENTIALS_EXPIRED", "The security token included in the request is expired");
}

function checkSignature(signed: SignedRequest, credentials: AwsCredentials): Verification | Promise<Verification> {
  const { request, options, authorization, amzDate, signedAt } = signed;
  const unsigned = firstValue(signed.headers, "x-amz-content-sha256")?.trim() === UNSIGNED_PAYLOAD;
  if (unsigned && options.allowUnsignedPayload === false) {
    return refuse(signed, "BODY_UNSIGNED", `The body must be signed: x-amz-content-sha256 is '${UNSIGNED_PAYLOAD}'.`);
  }
  // The body is hashed whatever its header claims: a header of the old hash does not cover a changed body.
  const payloadHash = unsigned ? UNSIGNED_PAYLOAD : bodyHashOf(request, options);
  return andThen(payloadHash, (hash) => {
    const canonical = canonicalOf(signed, hash);
    const { scopeText } = signed.read;
    return andThen(digest.sha256Hex(canonical), (canonicalHash) =>
      andThen(signingKey(credentials, authorization.scope, scopeText), ({ sign }) =>
        andThen(sign(amzDate, canonicalHash), (signature): Verification => {
          if (equalInConstantTime(signature, authorization.signature)) {
            return { ok: true, authorization, credentials, signedAt, payload: unsigned ? "unsigned" : "signed" };
          }
          const stringToSign = stringToSignOf(amzDate, scopeText, canonicalHash);
          return { ...refuse(signed, "SIGNATURE_MISMATCH", MISMATCH), canonicalRequest: canonical, stringToSign };
        }),
      ),
    );
  });
}

const MISMATCH =
  "The request signature we calculated does not match the signature you provided. " +
  "Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

function canonicalOf(signed: SignedRequest, payloadHash: string): string {
  const { request, headers, options, read, authorization } = signed;
  let lines = "";
  for (const name of authorization.signedHeaders) {
    const isLost = options.losesHeader?.(name) === true;
    const values = isLost ? "" : (headers.get(name) ?? signedValuesOf(headers, request, name) ?? "");
    lines += `${name}:${typeof values === "string" ? canonicalValue(values) : values.map(canonicalValue).join(",")}\n`;
  }
  return joinCanonical(request, lines, read.listText, payloadHash);
}
