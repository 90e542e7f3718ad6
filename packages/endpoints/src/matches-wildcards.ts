/**
 * Says whether a text fits a pattern in which `*` stands for any characters, none too. Each part takes the first place that it
 * finds, which is enough: nothing is tried twice.
 *
 * @example Usage
 * ```ts
 * import { matchesWildcards } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * equal(matchesWildcards("claude-*", "claude-opus-5"), true);
 * equal(matchesWildcards("claude-*", "us.claude-opus-5"), false);
 * ```
 *
 * @param pattern The pattern. Every other character stands for itself, in its case.
 * @param text The text.
 * @returns Whether the whole text fits. Its time grows with the length of the text times that of a part at most.
 */
export function matchesWildcards(pattern: string, text: string): boolean {
  let star = pattern.indexOf("*");
  if (star < 0) return text === pattern;
  if (!text.startsWith(pattern.slice(0, star))) return false;
  let at = star;
  // A list of all parts would cost more than what is looked for.
  for (;;) {
    const next = pattern.indexOf("*", star + 1);
    if (next < 0) break;
    const part = pattern.slice(star + 1, next);
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
    star = next;
  }
  const last = pattern.slice(star + 1);
  return text.length - last.length >= at && text.endsWith(last);
}
