/** A header that was asked for: its name in lower case, and its value without surrounding space. */
export type CustomHeader = readonly [name: string, value: string];

/** What {@link parseCustomHeaders} reads. */
export interface CustomHeaders {
  /** In the order given; if a name is given twice, the last wins. */
  readonly headers: readonly CustomHeader[];
  /** Positions, counted from 1, of the pairs whose name or value HTTP cannot carry. */
  readonly malformed: readonly number[];
}

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const FORBIDDEN_IN_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/**
 * Reads `ANTHROPIC_CUSTOM_HEADERS`: one `Name: Value` per line. A line without a colon is skipped.
 *
 * @example Usage
 * ```ts
 * import { parseCustomHeaders } from "@claude-on-aws/env";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(parseCustomHeaders("X-Team: search\nX-Cost: 7").headers, [["x-team", "search"], ["x-cost", "7"]]);
 * ```
 *
 * @param text The variable's value.
 * @returns The headers, and the pairs that HTTP cannot carry.
 *
 * @see {@link https://code.claude.com/docs/en/env-vars | Environment variables}
 */
export function parseCustomHeaders(text: string): CustomHeaders {
  const headers = new Map<string, string>();
  const malformed: number[] = [];
  let position = 0;
  for (const line of text.split("\n")) {
    const colon = line.indexOf(":");
    if (colon === -1) continue;
    const name = line.slice(0, colon).trim();
    const value = line.slice(colon + 1).trim();
    if (name === "") continue;
    position += 1;
    if (!NAME.test(name) || FORBIDDEN_IN_VALUE.test(value)) malformed.push(position);
    else headers.set(name.toLowerCase(), value);
  }
  return { headers: [...headers], malformed };
}
