/** Strings, and the characters that give JSON its structure. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/**
 * The first name that an object in a JSON text has twice.
 *
 * @param text JSON text that is valid.
 * @returns The name as it is meant, escapes resolved; `undefined` where every name is there once.
 */
export function findRepeatedName(text: string): string | undefined {
  /** The names so far of each object that is open; nothing for an array. */
  const open: (Set<string> | undefined)[] = [];
  let previous = "";
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(undefined);
    else if (token === "}" || token === "]") open.pop();
    else if (token === ":") {
      const name = JSON.parse(previous) as string;
      const names = open.at(-1);
      if (names?.has(name) === true) return name;
      names?.add(name);
    }
    previous = token;
  }
  return undefined;
}
