/**
 * Parses as much of a JSON text as is complete: members and elements that are cut off are left out.
 *
 * @example Usage
 * ```ts
 * import { parsePartialJson } from "@claude-on-aws/streaming/claude";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(parsePartialJson('{"path": "a.txt", "lines": [1, 2, 3'), { path: "a.txt", lines: [1, 2] });
 * ```
 *
 * @param text A JSON text, or the beginning of one.
 * @returns Its value; `undefined` where nothing is complete, or this is not JSON.
 */
export function parsePartialJson(text: string): unknown {
  const whole = parse(text);
  if (whole !== undefined) return whole;
  /** What closes each object and array that is open, the innermost last: it changes only where there is a cut. */
  const closers: string[] = [];
  let expectsKey = false;
  let cut = -1;
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case "{":
      case "[":
        closers.push(text[at] === "{" ? "}" : "]");
        expectsKey = text[at] === "{";
        cut = at + 1;
        break;
      case "}":
      case "]":
        closers.pop();
        cut = at + 1;
        break;
      case ":":
        expectsKey = false;
        break;
      case ",":
        cut = at;
        expectsKey = closers.at(-1) === "}";
        break;
      case '"': {
        at = endOfString(text, at + 1);
        if (at < text.length && !expectsKey) cut = at + 1;
        break;
      }
    }
  }
  return cut < 0 ? undefined : parse(text.slice(0, cut) + closers.toReversed().join(""));
}

/** Index of the quote that ends a string; the text's length where there is none. */
function endOfString(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
