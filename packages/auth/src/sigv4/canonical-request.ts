import { splitTarget, type Target } from "@claude-on-aws/endpoints";
import { createBoundedCache } from "./bounded-cache.ts";
import { canonicalPath } from "./canonical-path.ts";
import { canonicalQuery } from "./canonical-query.ts";
import { canonicalValue } from "./canonical-value.ts";
import type { WireRequest } from "./wire-request.ts";

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
  const lines = canonicalHeaderLines(request, options.signedHeaders);
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
const canonicalTargets = /* @__PURE__ */ createBoundedCache((target: string): string => {
  const { path, query } = splitRequestTarget(target);
  return `${canonicalPath(path)}\n${canonicalQuery(query)}`;
});

/** Scheme and authority, which a proxy is sent before the path. */
const ORIGIN = /^https?:\/\/[^/?#]*/i;

/**
 * Splits a request target.
 *
 * @param target The target: a path, or the whole URL as a proxy gets it.
 * @returns The path, and the query without its `?`.
 */
export function splitRequestTarget(target: string): Target {
  return splitTarget(target.startsWith("/") ? target : target.replace(ORIGIN, ""));
}

/**
 * Makes what finds the values that a signature covers under a name. HTTP/2 carries the host as `:authority`; a client may
 * sign it under either name.
 *
 * @param request The request; its headers are gone through once.
 * @returns A function from a lower-case name to the values in the order they were sent.
 */
export function signedValuesReader({ headers, httpVersion }: WireRequest): (name: string) => readonly string[] {
  const index = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    const earlier = index.get(lower);
    if (earlier === undefined) index.set(lower, [value]);
    else earlier.push(value);
  }
  const isHttp2 = httpVersion.startsWith("2");
  return (name) => {
    const values = index.get(name);
    if (values !== undefined || !isHttp2) return values ?? [];
    return (name === "host" ? index.get(":authority") : name === ":authority" ? index.get("host") : undefined) ?? [];
  };
}

/**
 * Writes the canonical lines of headers.
 *
 * @param request The request.
 * @param names Lower-case names, in the order they are signed.
 * @returns The lines, each with its end; the values of one name are joined by commas.
 */
export function canonicalHeaderLines(request: WireRequest, names: readonly string[]): string {
  const valuesOf = signedValuesReader(request);
  let lines = "";
  for (const name of names) lines += `${name}:${valuesOf(name).map(canonicalValue).join(",")}\n`;
  return lines;
}
