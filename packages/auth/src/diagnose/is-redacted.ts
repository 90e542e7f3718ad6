/** Whole values that loggers and recorders write in place of a secret. */
const WORD = /^(?:redacted|removed|hidden|masked|filtered|sanitized|omitted|secret|\.{3}|x{4,})$/i;

/** Runs of marks in which loggers write all or the middle of a secret. */
const MARKS = /\*{3,}|•{3,}|…|‹\d+ characters #[0-9a-f]{4}›/;

/**
 * Tells whether a text is what a logger or recorder writes in place of a secret: `[redacted]`, `***`, `<hidden>`, or a
 * secret whose middle is marks, or, as this project writes it, `‹32 characters #a1b2›`.
 *
 * @example Usage
 * ```ts
 * import { isRedacted } from "@claude-on-aws/auth/diagnose";
 * import { equal } from "node:assert/strict";
 *
 * equal(isRedacted("[redacted]"), true);
 * equal(isRedacted("application/json"), false);
 * ```
 *
 * @param text The text, such as the value of a header.
 * @returns Whether it stands for another.
 */
export function isRedacted(text: string): boolean {
  return MARKS.test(text) || WORD.test(withoutBrackets(text.trim()));
}

/** Not by an expression: one would begin anew at each bracket of a text that is full of them. */
function withoutBrackets(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && OPENING.includes(text[start] ?? "")) start++;
  while (end > start && CLOSING.includes(text[end - 1] ?? "")) end--;
  return text.slice(start, end);
}

const OPENING = `[<({"'`;
const CLOSING = `])>}"'`;
