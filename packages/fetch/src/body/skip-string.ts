/** Where long strings of a body end, by where they begin: who reads it a second time passes over them at once. */
export type LongStrings = ReadonlyMap<number, number>;

/** Strings from this length on are long, in bytes. */
const LONG = 4096;

/** So many bytes without a quote or a backslash, and the next quote is looked for by the runtime: images have none. */
const PLAIN = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Finds the end of a string of JSON.
 *
 * @param body The body.
 * @param start Where its opening quote stands.
 * @param known Strings whose ends were found before.
 * @param found Where the end of a long one is written down.
 * @returns Where it ends, behind its quote; -1 where it does not end. Each byte is looked at twice at most.
 */
export function skipString(body: Uint8Array, start: number, known?: LongStrings, found?: Map<number, number>): number {
  const before = known === undefined || known.size === 0 ? undefined : known.get(start);
  if (before !== undefined) return before;
  const end = findEnd(body, start + 1);
  if (found !== undefined && end - start >= LONG) found.set(start, end);
  return end;
}

function findEnd(body: Uint8Array, from: number): number {
  let plainFrom = from;
  for (let at = from; at < body.length; at += 1) {
    const byte = body[at];
    if (byte === QUOTE) return at + 1;
    if (byte === BACKSLASH) {
      at += 1;
      plainFrom = at + 1;
    } else if (at - plainFrom === PLAIN) {
      const quote = body.indexOf(QUOTE, at);
      if (quote < 0) return -1;
      const escape = findEscape(body, at, quote);
      if (escape < 0) return quote + 1;
      // What is escaped is the quote; it goes on behind it.
      at = quote;
      plainFrom = quote + 1;
    }
  }
  return -1;
}

/** The backslash that escapes a quote; -1 where none does. What stands at `from` is not escaped itself. */
function findEscape(body: Uint8Array, from: number, quote: number): number {
  let first = quote;
  while (first > from && body[first - 1] === BACKSLASH) first -= 1;
  return (quote - first) % 2 === 0 ? -1 : quote - 1;
}
