import { canonicalPath } from "../../sigv4/canonical-path.ts";
import { PATH_PREFIXES } from "../gateway-values.ts";
import { pathChange } from "../once.ts";
import type { Alternative } from "../parts.ts";

/** How many segments at the beginning of a path may be a prefix. */
const MAX_ADDED_SEGMENTS = 3;

/** How many prefixes are taken from what the request and its caller name. */
const MAX_NAMED = 8;

/**
 * The path with a prefix that a gateway took off, or without one that it put on.
 *
 * @param path The path as received.
 * @param named Paths or prefixes that other headers, or the caller, name.
 * @returns What may have been signed instead, with the mistake that it would be.
 */
export function pathPrefixAlternatives(path: string, named: readonly string[]): readonly Alternative[] {
  const found: Alternative[] = [];
  const add = (code: "PATH_PREFIX_ADDED" | "PATH_PREFIX_REMOVED", signed: string, cost: number): void => {
    const mistakes = [{ code, signed, received: path }];
    found.push({ slot: "path", change: pathChange(() => canonicalPath(signed)), mistakes, cost });
  };
  for (const prefix of named.slice(0, MAX_NAMED)) add("PATH_PREFIX_REMOVED", withPrefix(prefix, path), 1);
  PATH_PREFIXES.forEach((prefix, index) =>
    add("PATH_PREFIX_REMOVED", `${prefix}${path}`, index < USUAL_PREFIXES ? 1 : 2),
  );
  const segments = path.split("/");
  for (let count = 1; count <= Math.min(MAX_ADDED_SEGMENTS, segments.length - 2); count++) {
    add("PATH_PREFIX_ADDED", `/${segments.slice(count + 1).join("/")}`, 2);
  }
  return found;
}

/** So many of the first prefixes of the table are the likeliest. */
const USUAL_PREFIXES = 3;

/** A header may hand on the prefix, or the whole target that was asked for. */
function withPrefix(named: string, path: string): string {
  const [bare = ""] = named.split(/[?#]/);
  const prefix = withoutEndSlashes(bare.replace(/^https?:\/\/[^/]*/i, ""));
  return prefix.endsWith(path) ? prefix : `${prefix.startsWith("/") ? "" : "/"}${prefix}${path}`;
}

/** Not by an expression: one would begin anew at each slash of a text that is full of them. */
function withoutEndSlashes(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === "/") end--;
  return text.slice(0, end);
}
