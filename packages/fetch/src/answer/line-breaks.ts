export const LINE_FEED = 0x0a;
export const CARRIAGE_RETURN = 0x0d;

/**
 * Finds where a line of server-sent events ends. They are short, so that to ask the runtime for it takes longer than to look.
 *
 * @param bytes The bytes.
 * @param from Where to begin.
 * @returns The place of the line feed or carriage return; the length of the bytes where there is none.
 */
export function findLineBreak(bytes: Uint8Array, from: number): number {
  const { length } = bytes;
  for (let at = from; at < length; at += 1) {
    const byte = bytes[at] as number;
    if (byte <= CARRIAGE_RETURN && (byte === LINE_FEED || byte === CARRIAGE_RETURN)) return at;
  }
  return length;
}
