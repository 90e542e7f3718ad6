import type { AwsCredentials } from "@claude-on-aws/endpoints";
import { AuthError } from "../errors.ts";
import { formatAmzDate } from "./amz-date.ts";
import { andThen } from "./and-then.ts";
import { joinAuthorization } from "./authorization.ts";
import { joinCanonical } from "./canonical-request.ts";
import { checkCredentials } from "./check-credentials.ts";
import { type CredentialScope, formatCredentialScope } from "./credential-scope.ts";
import { digest } from "./digest.ts";
import { HeaderLines } from "./header-lines.ts";
import { headerName } from "./header-name.ts";
import { sessionTokenOf } from "./session-token.ts";
import { signingKey } from "./signing-key.ts";
import type { WireRequest } from "./wire-request.ts";

/** The payload hash of a body that is not covered by the signature. */
export const UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";

/** Options for {@link signRequest}. */
export interface SignOptions {
  readonly credentials: AwsCredentials;
  /** Region in the credential scope, such as `eu-west-1`. */
  readonly region: string;
  /** Signing name: `aws-external-anthropic`, `bedrock` or `bedrock-mantle`. */
  readonly service: string;
  /**
   * Time of signing. AWS refuses one that is more than five minutes off.
   *
   * @default {new Date()}
   */
  readonly date?: Date | undefined;
  /**
   * Lower-case hexadecimal SHA-256 of the body, if it is known, or
   * `UNSIGNED-PAYLOAD` to leave the body out of the signature.
   *
   * @default {the hash of the body}
   */
  readonly payloadHash?: string | undefined;
  /**
   * Names of the headers to sign. The host and every `x-amz-` header are
   * always signed.
   *
   * @default {all but those that a proxy may change, such as `user-agent`}
   */
  readonly signedHeaders?: readonly string[] | undefined;
}

/**
 * Signs a request: returns it with `x-amz-date`, `x-amz-content-sha256`,
 * `authorization`, and, for temporary credentials, `x-amz-security-token`.
 *
 * Sign last: a header that changes afterwards breaks the signature.
 *
 * @example Usage
 * ```ts
 * import { signRequest } from "@claude-on-aws/auth/sigv4";
 * import { match } from "node:assert/strict";
 *
 * const signed = await signRequest(
 *   {
 *     method: "POST",
 *     target: "/v1/messages",
 *     headers: [["host", "aws-external-anthropic.us-east-1.api.aws"], ["content-type", "application/json"]],
 *     httpVersion: "1.1",
 *     body: new TextEncoder().encode("{}"),
 *   },
 *   {
 *     credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" },
 *     region: "us-east-1",
 *     service: "aws-external-anthropic",
 *   },
 * );
 * match(signed.headers.at(-1)?.[1] ?? "", /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\//);
 * ```
 *
 * @param request The request as it will go over the wire; `host`, or `:authority` on HTTP/2, among its headers.
 * @param options Who signs, for which region and service, and when.
 * @returns A new request; the one given is not changed.
 * @throws {AuthError} `HOST_MISSING`; `HEADER_UNSIGNABLE` if the request does not have a header to sign; `DATE_INVALID`;
 * `CREDENTIALS_NOT_FOUND` where the key pair is not text.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html | Create a signed AWS API request}
 */
export async function signRequest(request: WireRequest, options: SignOptions): Promise<WireRequest> {
  const amzDate = signingDate(options);
  const payloadHash = options.payloadHash ?? digest.sha256Hex(request.body);
  return andThen(payloadHash, (hash) => signPrepared(prepareSigning(request, options, amzDate, hash), options));
}

/** A function that signs a request; {@link signRequest} is one. */
export type RequestSigner = (request: WireRequest, options: SignOptions) => Promise<WireRequest>;

/** A request with everything that is to be signed in place. */
export interface PreparedSigning {
  readonly request: WireRequest;
  /** What will be sent, without `authorization`. */
  readonly headers: (readonly [name: string, value: string])[];
  /** What is signed, in canonical form. */
  readonly lines: HeaderLines;
  readonly amzDate: string;
  readonly payloadHash: string;
}

/**
 * Writes the time of signing.
 *
 * @param options The time.
 * @returns The time as `YYYYMMDDTHHMMSSZ`.
 * @throws {AuthError} `DATE_INVALID`.
 */
export function signingDate({ date = new Date() }: SignOptions): string {
  if (!Number.isNaN(date.getTime())) return formatAmzDate(date);
  throw new AuthError("DATE_INVALID", "Cannot sign request: the date is not a time, expected a valid Date");
}

/**
 * Puts the headers of a signature in place, and collects what it covers, in one pass.
 *
 * @param request The request as it will go over the wire.
 * @param options The credentials, and which headers to sign.
 * @param amzDate Time of signing as `YYYYMMDDTHHMMSSZ`.
 * @param payloadHash Lower-case hexadecimal SHA-256 of the body, or `UNSIGNED-PAYLOAD`.
 * @returns The request, ready to be signed.
 * @throws {AuthError} `HOST_MISSING`; `HEADER_UNSIGNABLE` if the request does not have a header to sign; `CREDENTIALS_NOT_FOUND`.
 */
export function prepareSigning(
  request: WireRequest,
  { credentials, signedHeaders }: SignOptions,
  amzDate: string,
  payloadHash: string,
): PreparedSigning {
  checkCredentials(credentials);
  const headers: (readonly [string, string])[] = [];
  const lines = new HeaderLines(signedHeaders);
  let host: string | undefined;
  let authority: string | undefined;
  for (const header of request.headers) {
    const name = headerName(header[0]);
    if (name.role === "replaced") continue;
    headers.push(header);
    if (name.role === "host") host ??= header[1];
    else if (name.role === "authority") authority ??= header[1];
    if (name.role === "unsignable" ? lines.isListed(name.lower) : lines.isWanted(name)) {
      lines.add(name.lower, header[1]);
    }
  }
  const usesAuthority = authority !== undefined && request.httpVersion.startsWith("2");
  const hostName = usesAuthority ? ":authority" : "host";
  const hostValue = usesAuthority ? authority : host;
  if (hostValue === undefined) {
    throw new AuthError(
      "HOST_MISSING",
      `Cannot sign request: found no "${hostName}" header, which a signature must cover; add it`,
    );
  }
  if (!lines.has(hostName)) lines.add(hostName, hostValue);
  const own: (readonly [string, string])[] = [
    ["x-amz-date", amzDate],
    ["x-amz-content-sha256", payloadHash],
  ];
  const sessionToken = sessionTokenOf(credentials);
  if (sessionToken !== undefined) own.push(["x-amz-security-token", sessionToken]);
  for (const header of own) {
    headers.push(header);
    lines.add(header[0], header[1]);
  }
  const missing = lines.missing();
  if (missing !== undefined) {
    throw new AuthError(
      "HEADER_UNSIGNABLE",
      `Cannot sign header "${missing}": the request does not have it; add it or leave it out of signedHeaders`,
      { header: missing },
    );
  }
  return { request, headers, lines, amzDate, payloadHash };
}

function signPrepared(prepared: PreparedSigning, options: SignOptions): WireRequest | Promise<WireRequest> {
  const { request, headers, lines, amzDate, payloadHash } = prepared;
  const { credentials, region, service } = options;
  const signedHeaders = lines.names();
  const scope: CredentialScope = { date: amzDate.slice(0, 8), region, service };
  const scopeText = formatCredentialScope(scope);
  const hash = digest.sha256Hex(joinCanonical(request, lines.text(), signedHeaders, payloadHash));
  return andThen(hash, (canonicalHash) =>
    andThen(signingKey(credentials, scope, scopeText), ({ sign }) =>
      andThen(sign(amzDate, canonicalHash), (signature) => {
        const credential = `${credentials.accessKeyId}/${scopeText}`;
        headers.push(["authorization", joinAuthorization(credential, signedHeaders, signature)]);
        return { ...request, headers };
      }),
    ),
  );
}
