import type { CallerLimits } from "../../terms/caller.ts";

/**
 * Tells whether every text that one pattern matches is matched by another too. A `*` stands for any characters, none included; in the
 * pattern that is looked at, it can only be matched by a `*` of the other one.
 */
export function covers(other: string, pattern: string): boolean {
  let at = 0;
  let inOther = 0;
  let star = -1;
  let tried = 0;
  // The walk over globs that goes back to the last star alone: at most length times length steps, of what an operator wrote.
  while (at < pattern.length) {
    if (other[inOther] === "*") {
      star = inOther++;
      tried = at;
    } else if (pattern[at] !== "*" && other[inOther] === pattern[at]) {
      at++;
      inOther++;
    } else if (star >= 0) {
      inOther = star + 1;
      at = ++tried;
    } else return false;
  }
  while (other[inOther] === "*") inOther++;
  return inOther === other.length;
}

/** What both lists of patterns let through; of two patterns that only overlap, nothing. */
function narrowerPatterns(left: readonly string[] | null, right: readonly string[] | null): readonly string[] | null {
  if (left === null || right === null) return left ?? right;
  const inBoth = [
    ...left.filter((pattern) => right.some((other) => covers(other, pattern))),
    ...right.filter((pattern) => left.some((other) => covers(other, pattern))),
  ];
  return [...new Set(inBoth)];
}

function narrowerNames(left: readonly string[] | null, right: readonly string[] | null): readonly string[] | null {
  if (left === null || right === null) return left ?? right;
  return left.filter((name) => right.includes(name));
}

function narrowerNumber(left: number | null, right: number | null): number | null {
  if (left === null || right === null) return left ?? right;
  return Math.min(left, right);
}

/** How two limits become one, field by field. */
export const NARROWER: {
  readonly [Name in keyof CallerLimits]: (left: CallerLimits[Name], right: CallerLimits[Name]) => CallerLimits[Name];
} = { models: narrowerPatterns, upstreams: narrowerNames, maxConcurrent: narrowerNumber };
