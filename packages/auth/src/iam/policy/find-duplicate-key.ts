/**
 * Finds a key that occurs twice in one object of a JSON text. `JSON.parse`
 * silently keeps the last, so that a condition could get lost.
 *
 * @example Usage
 * ```ts
 * import { findDuplicateKey } from "@claude-on-aws/auth/iam";
 * import { equal } from "node:assert/strict";
 *
 * equal(findDuplicateKey('{ "Statement": [{ "Effect": "Allow", "Effect": "Deny" }] }'), "$.Statement[0].Effect");
 * equal(findDuplicateKey('{ "Statement": [] }'), undefined);
 * ```
 *
 * @param text A JSON text that can be parsed.
 * @returns JSON path of the second one; `undefined` if there is none.
 */
export function findDuplicateKey(text: string): string | undefined {
  const open: Open[] = [];
  const path = (): string =>
    `$${open.map(({ isObject, name, index }) => (isObject ? `.${name}` : `[${index}]`)).join("")}`;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    const top = open.at(-1);
    if (character === "{" || character === "[") {
      open.push({ isObject: character === "{", keys: undefined, name: "", index: 0 });
    } else if (character === "}" || character === "]") open.pop();
    else if (character === "," && top !== undefined) top.index += 1;
    else if (character === '"') {
      const end = endOfString(text, at);
      if (top?.isObject === true && isKey(text, end)) {
        top.name = JSON.parse(text.slice(at, end + 1)) as string;
        // Of deep text, most objects have one key or none.
        top.keys ??= new Set();
        if (top.keys.has(top.name)) return path();
        top.keys.add(top.name);
      }
      at = end;
    }
  }
  return undefined;
}

/** An object or an array that is not closed yet. */
interface Open {
  readonly isObject: boolean;
  keys: Set<string> | undefined;
  name: string;
  index: number;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}

function isKey(text: string, end: number): boolean {
  let at = end + 1;
  while (at < text.length && " \t\r\n".includes(text[at] ?? "")) at += 1;
  return text[at] === ":";
}
