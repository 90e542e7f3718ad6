const SECOND_MS = 1_000;

/**
 * Makes what writes the time for a `Date` header, once a second.
 *
 * @param nowMs The clock, in milliseconds since 1970.
 * @returns The time of this second, as HTTP writes it.
 */
export function createDateHeader(nowMs: () => number): () => string {
  let written = 0;
  let text = "";
  return () => {
    const second = Math.floor(nowMs() / SECOND_MS);
    if (second !== written) {
      written = second;
      text = new Date(second * SECOND_MS).toUTCString();
    }
    return text;
  };
}
