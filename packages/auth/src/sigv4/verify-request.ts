import { AuthError } from "../errors.ts";
import { formatAmzDate, parseAmzDate } from "./amz-date.ts";
import { parseAuthorization, type SigV4Authorization } from "./authorization.ts";
import { canonicalRequest, signedValues } from "./canonical-request.ts";
import { equalInConstantTime } from "./constant-time.ts";
import type { AwsCredentials } from "./credentials.ts";
import { TERMINATOR } from "./credential-scope.ts";
import { digest } from "./digest.ts";
import { signText, UNSIGNED_PAYLOAD } from "./sign-request.ts";
import { stringToSign } from "./string-to-sign.ts";
import { headerValue, headerValues, type WireRequest } from "./wire-request.ts";

/** Options for {@link verifyRequest}. */
export interface VerifyOptions {
  /** Finds the credentials of an access key ID; `undefined` where it is unknown. */
  readonly credentials: (accessKeyId: string) => AwsCredentials | undefined;
  /**
   * Signing name that the request must be scoped to.
   *
   * @default {any}
   */
  readonly service?: string | undefined;
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
   * Whether `x-amz-content-sha256: UNSIGNED-PAYLOAD` is taken, which leaves the body out of the signature.
   *
   * @default {true}
   */
  readonly allowUnsignedPayload?: boolean | undefined;
  /**
   * Lower-case hexadecimal SHA-256 of the body, where it is known already.
   *
   * @default {the hash of the body}
   */
  readonly bodySha256?: string | undefined;
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
  /** What is wrong, in the words of AWS where they are known. */
  readonly message: string;
  /** The parts of the header, where it could be read. */
  readonly authorization?: SigV4Authorization;
  /** What should have been signed, with `SIGNATURE_MISMATCH`. Holds header values, a session token among them. */
  readonly canonicalRequest?: string;
  /** With `SIGNATURE_MISMATCH`. */
  readonly stringToSign?: string;
}

/** The verdict of {@link verifyRequest}. */
export type Verification = Verified | Refused;

/** Five minutes, as AWS allows. */
const MAX_CLOCK_SKEW_MS = 5 * 60 * 1000;

/** A check of a request whose header was read: answers the refusal, or nothing where all is well. */
type Check = (facts: Facts) => Refused | undefined;

interface Facts {
  readonly request: WireRequest;
  readonly options: VerifyOptions;
  readonly authorization: SigV4Authorization;
  readonly amzDate: string;
  readonly signedAt: Date;
}

/** In the order in which they are asked: the first that refuses decides. */
const CHECKS: readonly Check[] = [
  checkTerminator,
  checkService,
  checkRegion,
  checkScopeDate,
  checkClock,
  checkSignedHeaders,
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
 * @returns The verdict; where it refuses, with the code of the first check that failed.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html | Troubleshoot Signature Version 4}
 */
export async function verifyRequest(request: WireRequest, options: VerifyOptions): Promise<Verification> {
  const read = readFacts(request, options);
  if ("ok" in read) return read;
  for (const check of CHECKS) {
    const refusal = check(read);
    if (refusal !== undefined) return refusal;
  }
  const { authorization, signedAt } = read;
  const credentials = options.credentials(authorization.accessKeyId);
  if (credentials === undefined)
    return refuse(read, "ACCESS_KEY_UNKNOWN", "The security token included in the request is invalid.");
  return (
    checkSessionToken(read, credentials) ??
    (await checkSignature(read, credentials)) ?? {
      ok: true,
      authorization,
      credentials,
      signedAt,
      payload: isUnsignedPayload(request) ? "unsigned" : "signed",
    }
  );
}

function readFacts(request: WireRequest, options: VerifyOptions): Facts | Refused {
  const [header, ...more] = headerValues(request.headers, "authorization");
  if (header === undefined)
    return { ok: false, code: "AUTHORIZATION_MISSING", message: "Missing Authentication Token" };
  if (more.length > 0) {
    return { ok: false, code: "AUTHORIZATION_MALFORMED", message: "Authorization header must occur once." };
  }
  const amzDate = headerValue(request.headers, "x-amz-date") ?? headerValue(request.headers, "date");
  let authorization: SigV4Authorization;
  try {
    authorization = parseAuthorization(header);
  } catch (cause) {
    if (!(cause instanceof AuthError)) throw cause;
    return refuseMalformed(cause, header, amzDate);
  }
  if (amzDate === undefined) {
    return { ok: false, code: "DATE_MISSING", message: DATE_REQUIRED, authorization };
  }
  const signedAt = parseAmzDate(amzDate);
  if (signedAt === undefined) {
    const message = `Date must be in ISO-8601 'basic format'. Got '${amzDate}'. See http://en.wikipedia.org/wiki/ISO_8601`;
    return { ok: false, code: "DATE_MALFORMED", message, authorization };
  }
  return { request, options, authorization, amzDate, signedAt };
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

function refuse({ authorization }: Facts, code: RefusalCode, message: string): Refused {
  return { ok: false, code, message, authorization };
}

function checkTerminator(facts: Facts): Refused | undefined {
  if (facts.authorization.terminator === TERMINATOR) return undefined;
  const message = `Credential should be scoped with a valid terminator: '${TERMINATOR}', not '${facts.authorization.terminator}'.`;
  return refuse(facts, "SCOPE_TERMINATOR", message);
}

function checkService(facts: Facts): Refused | undefined {
  const { service } = facts.options;
  if (service === undefined || service === facts.authorization.scope.service) return undefined;
  return refuse(facts, "WRONG_SERVICE", `Credential should be scoped to correct service: '${service}'.`);
}

function checkRegion(facts: Facts): Refused | undefined {
  const { region } = facts.options;
  const found = facts.authorization.scope.region;
  if (region === undefined ? isRegion(found) : region === found) return undefined;
  return refuse(facts, "WRONG_REGION", `Credential should be scoped to a valid Region, not '${found}'.`);
}

/** The form of a region: `us-east-1`, `ap-southeast-4`, `us-gov-west-1`, `us-isob-east-1`. */
const isRegion = (text: string): boolean => /^[a-z]{2,4}(-[a-z]+){1,2}-\d{1,2}$/.test(text);

function checkScopeDate(facts: Facts): Refused | undefined {
  const day = formatAmzDate(facts.signedAt).slice(0, 8);
  const { date } = facts.authorization.scope;
  if (date === day) return undefined;
  const message = `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${day}', from '${facts.amzDate}'.`;
  return refuse(facts, "DATE_NOT_IN_SCOPE", message);
}

function checkClock(facts: Facts): Refused | undefined {
  const { now = new Date(), maxClockSkewMs = MAX_CLOCK_SKEW_MS } = facts.options;
  const ageMs = now.getTime() - facts.signedAt.getTime();
  if (Math.abs(ageMs) <= maxClockSkewMs) return undefined;
  const limit = formatAmzDate(new Date(now.getTime() - Math.sign(ageMs) * maxClockSkewMs));
  const signed = formatAmzDate(facts.signedAt);
  const clock = `${formatAmzDate(now)} ${ageMs > 0 ? "-" : "+"} ${maxClockSkewMs / 60_000} min.`;
  const message =
    ageMs > 0
      ? `Signature expired: ${signed} is now earlier than ${limit} (${clock})`
      : `Signature not yet current: ${signed} is still later than ${limit} (${clock})`;
  return refuse(facts, "CLOCK_SKEW", message);
}

function checkSignedHeaders(facts: Facts): Refused | undefined {
  const { signedHeaders } = facts.authorization;
  if (!signedHeaders.includes("host") && !signedHeaders.includes(":authority")) {
    return refuse(
      facts,
      "HOST_NOT_SIGNED",
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    );
  }
  if (signedHeaders.some((name, index) => index > 0 && name <= (signedHeaders[index - 1] ?? ""))) {
    const message = `SignedHeaders is not canonicalized: expected lower-case names, sorted, each once, found '${signedHeaders.join(";")}'.`;
    return refuse(facts, "SIGNED_HEADERS_UNSORTED", message);
  }
  const missing = signedHeaders.find((name) => signedValues(facts.request, name).length === 0);
  if (missing === undefined) return undefined;
  return refuse(
    facts,
    "SIGNED_HEADER_MISSING",
    `'${missing}' is listed in SignedHeaders but is not a header of the request.`,
  );
}

function checkSessionTokenIsSigned(facts: Facts): Refused | undefined {
  const name = "x-amz-security-token";
  if (headerValue(facts.request.headers, name) === undefined) return undefined;
  if (facts.authorization.signedHeaders.includes(name)) return undefined;
  return refuse(facts, "SESSION_TOKEN_NOT_SIGNED", `'${name}' must be a 'SignedHeader' in the AWS Authorization.`);
}

function checkSessionToken(facts: Facts, credentials: AwsCredentials): Refused | undefined {
  const { now = new Date() } = facts.options;
  const sent = headerValue(facts.request.headers, "x-amz-security-token");
  const invalid = "The security token included in the request is invalid.";
  if (credentials.sessionToken !== undefined && sent === undefined)
    return refuse(facts, "SESSION_TOKEN_MISSING", invalid);
  if (!equalInConstantTime(sent?.trim() ?? "", credentials.sessionToken ?? "")) {
    return refuse(facts, "SESSION_TOKEN_INVALID", invalid);
  }
  if (credentials.expiration === undefined || credentials.expiration > now) return undefined;
  return refuse(facts, "CREDENTIALS_EXPIRED", "The security token included in the request is expired");
}

const isUnsignedPayload = ({ headers }: WireRequest): boolean =>
  headerValue(headers, "x-amz-content-sha256")?.trim() === UNSIGNED_PAYLOAD;

async function checkSignature(facts: Facts, credentials: AwsCredentials): Promise<Refused | undefined> {
  const { request, options, authorization, amzDate } = facts;
  const unsigned = isUnsignedPayload(request);
  if (unsigned && options.allowUnsignedPayload === false) {
    return refuse(facts, "BODY_UNSIGNED", `The body must be signed: x-amz-content-sha256 is '${UNSIGNED_PAYLOAD}'.`);
  }
  // The body is hashed whatever its header claims: a header of the old hash does not cover a changed body.
  const payloadHash = unsigned ? UNSIGNED_PAYLOAD : (options.bodySha256 ?? (await digest.sha256Hex(request.body)));
  const canonical = canonicalRequest(request, { signedHeaders: authorization.signedHeaders, payloadHash });
  const scoped = stringToSign(amzDate, authorization.scope, await digest.sha256Hex(canonical));
  const signature = await signText(credentials, authorization.scope, scoped);
  if (equalInConstantTime(signature, authorization.signature)) return undefined;
  const message =
    "The request signature we calculated does not match the signature you provided. " +
    "Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";
  return { ...refuse(facts, "SIGNATURE_MISMATCH", message), canonicalRequest: canonical, stringToSign: scoped };
}
