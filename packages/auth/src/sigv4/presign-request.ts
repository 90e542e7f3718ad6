import { AuthError } from "../errors.ts";
import { formatAmzDate } from "./amz-date.ts";
import { andThen } from "./and-then.ts";
import { canonicalPath } from "./canonical-path.ts";
import { canonicalQuery } from "./canonical-query.ts";
import { canonicalHeaderLines, signedValuesReader, splitRequestTarget } from "./canonical-request.ts";
import { checkCredentials } from "./check-credentials.ts";
import { type CredentialScope, formatCredentialScope } from "./credential-scope.ts";
import { ALGORITHM, digest } from "./digest.ts";
import { encodeUriComponent } from "./encode-uri-component.ts";
import { sessionTokenOf } from "./session-token.ts";
import type { SignOptions } from "./sign-request.ts";
import { signingKey } from "./signing-key.ts";
import type { WireRequest } from "./wire-request.ts";

/** Seven days, the longest that AWS accepts. */
export const MAX_PRESIGNED_SECONDS = 604_800;

/** Options for {@link presignRequest}. */
export interface PresignOptions extends SignOptions {
  /**
   * How long the URL is valid, in seconds: 1 to 604,800. `null` leaves `X-Amz-Expires` out: it is then as short as that of
   * a signature in a header, where the service takes it so.
   *
   * @default {900}
   */
  readonly expiresInSeconds?: number | null | undefined;
  /**
   * Names of the headers to sign besides the host.
   *
   * @default {none}
   */
  readonly signedHeaders?: readonly string[] | undefined;
}

/**
 * Presigns a request: puts the signature into its query, so that whoever has
 * the URL can send it until it expires.
 *
 * @example Usage
 * ```ts
 * import { presignRequest } from "@claude-on-aws/auth/sigv4";
 * import { match } from "node:assert/strict";
 *
 * const { target } = await presignRequest(
 *   { method: "GET", target: "/v1/models", headers: [["host", "127.0.0.1:4242"]], httpVersion: "1.1", body: new Uint8Array() },
 *   {
 *     credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" },
 *     region: "us-east-1",
 *     service: "aws-external-anthropic",
 *   },
 * );
 * match(target, /^\/v1\/models\?X-Amz-Algorithm=AWS4-HMAC-SHA256&/);
 * ```
 *
 * @param request The request as it will go over the wire, with its host.
 * @param options Who signs, for which region and service, when, and for how long.
 * @returns A new request; its query is sorted, and holds the session token of temporary credentials.
 * @throws {AuthError} `HOST_MISSING`; `HEADER_UNSIGNABLE` if the request does not have a header to sign; `DATE_INVALID`;
 * `EXPIRES_INVALID`; `CREDENTIALS_NOT_FOUND` where the key pair is not text.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html | Authentication methods}
 */
export async function presignRequest(request: WireRequest, options: PresignOptions): Promise<WireRequest> {
  const { credentials, region, service, date = new Date(), expiresInSeconds = 900 } = options;
  if (Number.isNaN(date.getTime())) {
    throw new AuthError("DATE_INVALID", "Cannot presign request: the date is not a time, expected a valid Date");
  }
  if (expiresInSeconds !== null && !isLifetime(expiresInSeconds)) {
    throw new AuthError(
      "EXPIRES_INVALID",
      `Cannot presign request for ${expiresInSeconds} seconds: expected a whole number from 1 to ${MAX_PRESIGNED_SECONDS}`,
    );
  }
  checkCredentials(credentials);
  const signedHeaders = namesToSign(request, options.signedHeaders ?? []);
  const amzDate = formatAmzDate(date);
  const scope: CredentialScope = { date: amzDate.slice(0, 8), region, service };
  const scopeText = formatCredentialScope(scope);
  const { path, query } = splitRequestTarget(request.target);
  const parameters: readonly (readonly [string, string | undefined])[] = [
    ["X-Amz-Algorithm", ALGORITHM],
    ["X-Amz-Credential", `${credentials.accessKeyId}/${scopeText}`],
    ["X-Amz-Date", amzDate],
    ["X-Amz-Expires", expiresInSeconds === null ? undefined : `${expiresInSeconds}`],
    ["X-Amz-SignedHeaders", signedHeaders.join(";")],
    ["X-Amz-Security-Token", sessionTokenOf(credentials)],
  ];
  const added = parameters
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeUriComponent(value ?? "")}`);
  const unsigned = canonicalQuery([...(query === "" ? [] : [query]), ...added].join("&"));
  const signature = await signPresigned(request, {
    path,
    query: unsigned,
    signedHeaders,
    payloadHash: options.payloadHash,
    sign: (hash) => andThen(signingKey(credentials, scope, scopeText), ({ sign }) => sign(amzDate, hash)),
  });
  return { ...request, target: `${path}?${canonicalQuery(`${unsigned}&X-Amz-Signature=${signature}`)}` };
}

const isLifetime = (seconds: number): boolean =>
  Number.isInteger(seconds) && seconds >= 1 && seconds <= MAX_PRESIGNED_SECONDS;

/** The parts of a presigned request that its signature covers. */
export interface PresignedParts {
  readonly path: string;
  /** Canonical, without the signature. */
  readonly query: string;
  readonly signedHeaders: readonly string[];
  /** Hash of the body, if it is known. */
  readonly payloadHash: string | undefined;
  readonly sign: (canonicalRequestHash: string) => string | Promise<string>;
}

/**
 * Computes the signature of a presigned request.
 *
 * @param request The request; only its method, headers and body are looked at.
 * @param parts What else the signature covers.
 * @returns The signature in lower-case hexadecimal.
 */
export async function signPresigned(request: WireRequest, parts: PresignedParts): Promise<string> {
  const payloadHash = parts.payloadHash ?? (await digest.sha256Hex(request.body));
  const lines = canonicalHeaderLines(request, parts.signedHeaders);
  const path = canonicalPath(parts.path);
  const text = `${request.method}\n${path}\n${parts.query}\n${lines}\n${parts.signedHeaders.join(";")}\n${payloadHash}`;
  return parts.sign(await digest.sha256Hex(text));
}

function namesToSign(request: WireRequest, wanted: readonly string[]): readonly string[] {
  const names = [...new Set(["host", ...wanted.map((name) => name.toLowerCase())])].toSorted();
  const valuesOf = signedValuesReader(request);
  const missing = names.find((name) => valuesOf(name).length === 0);
  if (missing === undefined) return names;
  if (missing === "host") {
    throw new AuthError("HOST_MISSING", 'Cannot presign request: found no "host" header; add it');
  }
  throw new AuthError(
    "HEADER_UNSIGNABLE",
    `Cannot sign header "${missing}": the request does not have it; add it or leave it out of signedHeaders`,
    { header: missing },
  );
}
