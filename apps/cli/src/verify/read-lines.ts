/** A line that is longer than what is read; its text is dropped. */
export const TOO_LONG: unique symbol = Symbol("too long");

/**
 * Cuts bytes into lines, and never holds more than one line of the length allowed.
 *
 * @param chunks The bytes.
 * @param maxLineBytes Length of the longest line that is read.
 * @yields {string | symbol} Each line without its line feed, or that it is too long.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  maxLineBytes: number,
): AsyncGenerator<string | typeof TOO_LONG> {
  let parts: Uint8Array[] = [];
  let bytes = 0;
  const take = (): string | typeof TOO_LONG => {
    const line = bytes > maxLineBytes ? TOO_LONG : join(parts, bytes);
    parts = [];
    bytes = 0;
    return line;
  };
  const hold = (part: Uint8Array): void => {
    bytes += part.length;
    if (bytes > maxLineBytes) parts = [];
    else parts.push(part);
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      hold(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    hold(new Uint8Array(chunk.subarray(start)));
  }
  if (bytes > 0) yield take();
}

const LINE_FEED = 10;

function join(parts: readonly Uint8Array[], bytes: number): string {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new TextDecoder().decode(whole);
}
