/** A request target in its two parts. */
export interface Target {
  /** What comes before the first question mark, as it was sent. */
  readonly path: string;
  /** What comes after it; empty if nothing does. */
  readonly query: string;
}

/**
 * Splits the target of a request at its question mark. Nothing is decoded.
 *
 * @example Usage
 * ```ts
 * import { splitTarget } from "@claude-on-aws/endpoints";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(splitTarget("/v1/messages?beta=true"), { path: "/v1/messages", query: "beta=true" });
 * deepEqual(splitTarget("/v1/messages"), { path: "/v1/messages", query: "" });
 * ```
 *
 * @param target The target as it is in the request line, or in `:path`.
 * @returns Path and query, without the question mark between them.
 */
export function splitTarget(target: string): Target {
  const mark = target.indexOf("?");
  return mark < 0 ? { path: target, query: "" } : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}
