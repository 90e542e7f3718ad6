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
 * @param options Which headers are signed, and the hash of the body.
 * @returns The six parts, joined by line feeds.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html | Create a signed AWS API request}
 */
export function canonicalRequest(request: WireRequest, options: CanonicalRequestOptions): string {
  let lines = "";
  for (const name of options.signedHeaders) lines += `${name}:${canonicalHeaderValue(request, name)}\n`;
  return joinCanonical(request, lines, options.signedHeaders.join(";"), options.payloadHash);
}

/**
 * Joins the parts of a canonical request.
 *
 * @param request The request: its method and target count.
 * @param headerLines The canonical headers; each line ends with a line feed.
 * @param signedHeaders The names, joined by semicolons.
 * @param payloadHash Lower-case hexadecimal SHA-256 of the body, or `UNSIGNED-PAYLOAD`.
 * @returns The canonical request.
 */
export function joinCanonical(
  { method, target }: WireRequest,
  headerLines: string,
  signedHeaders: string,
  payloadHash: string,
): string {
  return `${method}\n${canonicalTargets.get(target)}\n${headerLines}\n${signedHeaders}\n${payloadHash}`;
}

// The same few routes are requested again and again.
const canonicalTargets = createBoundedCache((target: string): string => {
  const { path, query } = splitTarget(target);
  return `${canonicalPath(path)}\n${canonicalQuery(query)}`;
});

/**
 * Splits a request target.
 *
 * @param target The target: a path, or the whole URL as a proxy gets it.
 * @returns The path, and the query without its `?`.
 */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  // A proxy is sent the whole URL; the path begins after its authority.
  const origin = target.startsWith("/") ? 0 : (/^https?:\/\/[^/?#]*/i.exec(target)?.[0].length ?? 0);
  const mark = target.indexOf("?", origin);
  const path = mark < 0 ? target.slice(origin) : target.slice(origin, mark);
  return { path, query: mark < 0 ? "" : target.slice(mark + 1) };
}

/**
 * Brings the values of a header to their canonical form.
 *
 * @param request The request.
 * @param name Lower-case name.
 * @returns The values, joined by commas.
 */
export function canonicalHeaderValue(request: WireRequest, name: string): string {
  return signedValues(request, name).map(canonicalValue).join(",");
}

/**
 * Finds the values that a signature covers under a name. HTTP/2 carries the host as `:authority`; a client may sign it
 * under either name.
 *
 * @param request The request.
 * @param name Lower-case name.
 * @returns The values in the order they were sent.
 */
export function signedValues({ headers, httpVersion }: WireRequest, name: string): string[] {
  const values = headerValues(headers, name);
  if (values.length > 0 || !httpVersion.startsWith("2")) return values;
  if (name === "host") return headerValues(headers, ":authority");
  if (name === ":authority") return headerValues(headers, "host");
  return values;
}
