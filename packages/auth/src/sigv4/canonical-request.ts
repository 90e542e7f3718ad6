import { createBoundedCache } from "./bounded-cache.ts";
import { canonicalPath } from "./canonical-path.ts";
import { canonicalQuery } from "./canonical-query.ts";
import { canonicalValue } from "./canonical-value.ts";
import { headerValues, type WireRequest } from "./wire-request.ts";

/** Options for {@link canonicalRequest}. */
export interface CanonicalRequestOptions {
  /** Lower-case names of the headers that are signed, in the order they are signed. */
  readonly signedHeaders: readonly string[];
  /** Lower-case hexadecimal SHA-256 of the body, or `UNSIGNED-PAYLOAD`. */
  readonly payloadHash: string;
}

/**
 * Writes the canonical request of SigV4: the text whose hash is signed.
 *
 * @example Usage
 * ```ts
 * import { canonicalRequest } from "@claude-on-aws/auth/sigv4";
 * import { equal } from "node:assert/strict";
 *
 * const request = {
 *   method: "GET",
 *   target: "/inference-profiles?type=SYSTEM_DEFINED",
 *   headers: [["Host", "bedrock.us-east-1.amazonaws.com"]] as const,
 *   httpVersion: "1.1",
 *   body: new Uint8Array(),
 * };
 * const text = canonicalRequest(request, { signedHeaders: ["host"], payloadHash: "UNSIGNED-PAYLOAD" });
 * equal(text.split("\n")[2], "type=SYSTEM_DEFINED");
 * ```
 *
 * @param request The request as it goes over the wire.
 * @returns The six parts, joined by line feeds.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html | Create a signed AWS API request}
 */
export function canonicalRequest(request: WireRequest, options: CanonicalRequestOptions): string {
  let lines = "";
  for (const name of options.signedHeaders) lines += `${name}:${canonicalHeaderValue(request, name)}\n`;
  return joinCanonical(request, lines, options.signedHeaders.join(";"), options.payloadHash);
}

/** Joins the parts of a canonical request; each header line ends with a line feed. */
export function joinCanonical(
  { method, target }: WireRequest,
  headerLines: string,
  signedHeaders: string,
  payloadHash: string,
): string {
  return `${method}\n${canonicalTargets.get(target)}\n${headerLines}\n${signedHeaders}\n${payloadHash}`;
}

// The same few routes are asked for again and again.
const canonicalTargets = createBoundedCache((target: string): string => {
  const { path, query } = splitTarget(target);
  return `${canonicalPath(path)}\n${canonicalQuery(query)}`;
});

/** Splits a request target into the path and the query without its `?`. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  // A proxy is sent the whole URL; the path begins behind its authority.
  const origin = target.startsWith("/") ? 0 : (/^https?:\/\/[^/?#]*/i.exec(target)?.[0].length ?? 0);
  const mark = target.indexOf("?", origin);
  const path = mark < 0 ? target.slice(origin) : target.slice(origin, mark);
  return { path, query: mark < 0 ? "" : target.slice(mark + 1) };
}

/** Several values are joined by a comma. */
export function canonicalHeaderValue(request: WireRequest, name: string): string {
  return signedValues(request, name).map(canonicalValue).join(",");
}

/** HTTP/2 carries the host as `:authority`; a client may sign it under either name. */
export function signedValues({ headers, httpVersion }: WireRequest, name: string): string[] {
  const values = headerValues(headers, name);
  if (values.length > 0 || !httpVersion.startsWith("2")) return values;
  if (name === "host") return headerValues(headers, ":authority");
  if (name === ":authority") return headerValues(headers, "host");
  return values;
}
