const BACKSLASH = 0x5c;

/**
 * Says whether a name is what its bytes are: ASCII, with nothing escaped.
 *
 * @param body The body.
 * @param start Where the name's opening quote stands.
 * @param end Where the name ends, behind its closing quote.
 * @returns Whether it is.
 */
export function isPlainName(body: Uint8Array, start: number, end: number): boolean {
  for (let at = start + 1; at < end - 1; at += 1) {
    const byte = body[at] as number;
    if (byte < 0x20 || byte > 0x7e || byte === BACKSLASH) return false;
  }
  return true;
}
