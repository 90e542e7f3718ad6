import { AuthError } from "../errors.ts";
import { formatAmzDate } from "./amz-date.ts";
import { formatAuthorization } from "./authorization.ts";
import { canonicalRequest, signedValues } from "./canonical-request.ts";
import type { AwsCredentials } from "./credentials.ts";
import { type CredentialScope, TERMINATOR } from "./credential-scope.ts";
import { digest, encodeHex } from "./digest.ts";
import { deriveSigningKey } from "./signing-key.ts";
import { stringToSign } from "./string-to-sign.ts";
import { isUnsignable } from "./unsignable-headers.ts";
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
   * Time of signing. AWS refuses one more than five minutes off.
   *
   * @default {new Date()}
   */
  readonly date?: Date | undefined;
  /**
   * Lower-case hexadecimal SHA-256 of the body, where it is known, or
   * `UNSIGNED-PAYLOAD` to leave the body out of the signature.
   *
   * @default {the hash of the body}
   */
  readonly payloadHash?: string | undefined;
  /**
   * Names of the headers to sign. The host, and every `x-amz-` header, are
   * signed in any case.
   *
   * @default {all but those that a proxy may change, such as `user-agent`}
   */
  readonly signedHeaders?: readonly string[] | undefined;
}

/** What a signature replaces. */
const REPLACED = new Set(["authorization", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256"]);

/**
 * Signs a request: returns it with `x-amz-date`, `x-amz-content-sha256`, with
 * temporary credentials `x-amz-security-token`, and `authorization`.
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
 * @returns A new request; the one given is not changed.
 * @throws {AuthError} `HOST_MISSING`, `HEADER_UNSIGNABLE` where a header to sign was not sent, `DATE_INVALID`.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html | Create a signed AWS API request}
 */
export async function signRequest(request: WireRequest, options: SignOptions): Promise<WireRequest> {
  const { credentials, region, service, date = new Date() } = options;
  if (Number.isNaN(date.getTime())) {
    throw new AuthError("DATE_INVALID", "Cannot sign request: the date is not a time, expected a valid Date");
  }
  const amzDate = formatAmzDate(date);
  const payloadHash = options.payloadHash ?? (await digest.sha256Hex(request.body));
  const headers: [string, string][] = [
    ...request.headers
      .filter(([name]) => !REPLACED.has(name.toLowerCase()))
      .map(([name, value]): [string, string] => [name, value]),
    ["x-amz-date", amzDate],
    ["x-amz-content-sha256", payloadHash],
  ];
  if (credentials.sessionToken !== undefined) headers.push(["x-amz-security-token", credentials.sessionToken]);

  const unsigned: WireRequest = { ...request, headers };
  const signedHeaders = headersToSign(unsigned, options.signedHeaders);
  const scope: CredentialScope = { date: amzDate.slice(0, 8), region, service };
  const hash = await digest.sha256Hex(canonicalRequest(unsigned, { signedHeaders, payloadHash }));
  const signature = await signText(credentials, scope, stringToSign(amzDate, scope, hash));
  const authorization = formatAuthorization({
    accessKeyId: credentials.accessKeyId,
    scope,
    terminator: TERMINATOR,
    signedHeaders,
    signature,
  });
  return { ...unsigned, headers: [...headers, ["authorization", authorization]] };
}

/** Lower-case hexadecimal signature of a string to sign. */
export async function signText(credentials: AwsCredentials, scope: CredentialScope, text: string): Promise<string> {
  return encodeHex(await digest.hmacSha256(await deriveSigningKey(credentials, scope), text));
}

function headersToSign(request: WireRequest, wanted: readonly string[] | undefined): string[] {
  const sent = request.headers.map(([name]) => name.toLowerCase());
  const host = request.httpVersion.startsWith("2") && sent.includes(":authority") ? ":authority" : "host";
  if (signedValues(request, host).length === 0) {
    throw new AuthError(
      "HOST_MISSING",
      `Cannot sign request: found no "${host}" header, which a signature must cover; add it`,
    );
  }
  const names = wanted?.map((name) => name.toLowerCase()) ?? sent.filter((name) => !isUnsignable(name));
  const missing = names.find((name) => signedValues(request, name).length === 0);
  if (missing !== undefined) {
    throw new AuthError(
      "HEADER_UNSIGNABLE",
      `Cannot sign header "${missing}": the request does not have it; add it or leave it out of signedHeaders`,
    );
  }
  return [...new Set([...names, host, ...sent.filter((name) => name.startsWith("x-amz-"))])].toSorted();
}
