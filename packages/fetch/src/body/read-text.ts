const UTF8 = new TextDecoder("utf-8", { fatal: true });

const BACKSLASH = 0x5c;

/** Longer texts are decoded by the runtime. */
const SHORT = 32;

/**
 * Parses a part of a body as JSON.
 *
 * @param body The body.
 * @param start Where the part begins.
 * @param end Where it ends.
 * @returns What it holds.
 * @throws {TypeError} It is not UTF-8.
 * @throws {SyntaxError} It is not JSON.
 */
export function parsePart(body: Uint8Array, start: number, end: number): unknown {
  return readPlain(body, start, end) ?? JSON.parse(UTF8.decode(body.subarray(start, end)));
}

/** A short string in plain letters, which names are; `undefined` for anything else. */
function readPlain(body: Uint8Array, start: number, end: number): string | undefined {
  if (end - start > SHORT || end - start < 2 || body[start] !== 0x22 || body[end - 1] !== 0x22) return undefined;
  let text = "";
  for (let at = start + 1; at < end - 1; at++) {
    const byte = body[at]!;
    if (byte < 0x20 || byte > 0x7e || byte === BACKSLASH || byte === 0x22) return undefined;
    text += String.fromCharCode(byte);
  }
  return text;
}
