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
 * @param longStrings Where the end of a long one is written down.
 * @returns Where it ends, behind its quote; -1 where it does not end. Each byte is looked at twice at most.
 */
export function skipString(body: Uint8Array, start: number, longStrings?: Map<number, number>): number {
  let plainFrom = start + 1;
  for (let at = plainFrom; at < body.length; at += 1) {
    const byte = body[at];
    if (byte === BACKSLASH) plainFrom = ++at + 1;
    else if (byte === QUOTE) {
      if (at - start >= LONG) longStrings?.set(start, at + 1);
      return at + 1;
    } else if (at - plainFrom === PLAIN) {
      const quote = body.indexOf(QUOTE, at);
      if (quote < 0) return -1;
      // Of backslashes before it, each second one is escaped itself; what stands here is not.
      let first = quote;
      while (first > at && body[first - 1] === BACKSLASH) first -= 1;
      const isEscaped = (quote - first) % 2 === 1;
      plainFrom = quote + 1;
      at = isEscaped ? quote : quote - 1;
    }
  }
  return -1;
}
