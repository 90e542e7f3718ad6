const QUOTE = 34;
const BACKSLASH = 92;

/** How deep JSON may nest that a stranger sends: far deeper than any client does, far from the end of any runtime's stack. */
export const MAX_JSON_DEPTH = 1_000;

/**
 * Says whether the objects and arrays of a JSON text nest deeper than so many levels. Whoever walks such a value by calling
 * himself, as `JSON.stringify` does, would run out of stack.
 *
 * @param text JSON; of what is none, the brackets outside of strings are counted all the same.
 * @param levels How deep it may nest.
 */
export function nestsDeeper(text: string, levels: number = MAX_JSON_DEPTH): boolean {
  // Each level opens and closes: nearly every request is too short to be deep, or has too few brackets, which the runtime
  // finds faster than a loop does.
  if (text.length <= 2 * levels || !opensMore(text, levels)) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      if (++depth > levels) return true;
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth--;
  }
  return false;
}

/** Whether a text has more opening brackets than so many, those in strings among them. */
function opensMore(text: string, levels: number): boolean {
  let count = 0;
  for (const bracket of "{[") {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
      if (++count > levels) return true;
    }
  }
  return false;
}

const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;

function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) break;
  }
  return at;
}
