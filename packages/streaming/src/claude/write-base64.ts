const DIGITS: Uint8Array = /* @__PURE__ */ new TextEncoder().encode(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
);
const PADDING = 0x3d;

/**
 * Computes the length of bytes in Base64: three of them are four digits, and the rest is padded to four.
 *
 * @param bytes How many bytes.
 * @returns How many digits, padding included.
 */
export const base64Length = (bytes: number): number => Math.ceil(bytes / 3) * 4;

/**
 * Writes bytes as Base64.
 *
 * @param target Bytes to write into.
 * @param at Index in them of the first digit.
 * @param source Bytes that hold what is to be encoded.
 * @param start Index of its first byte.
 * @param end Index after its last byte.
 */
export function writeBase64(target: Uint8Array, at: number, source: Uint8Array, start: number, end: number): void {
  const left = (end - start) % 3;
  const whole = end - left;
  for (let index = start; index < whole; index += 3) {
    const a = source[index]!;
    const b = source[index + 1]!;
    const c = source[index + 2]!;
    target[at] = DIGITS[a >>> 2]!;
    target[at + 1] = DIGITS[((a << 4) | (b >>> 4)) & 63]!;
    target[at + 2] = DIGITS[((b << 2) | (c >>> 6)) & 63]!;
    target[at + 3] = DIGITS[c & 63]!;
    at += 4;
  }
  if (left > 0) writeRest(target, at, source[whole]!, left === 1 ? undefined : source[whole + 1]!);
}

/** Writes the one or two bytes that are left over. */
function writeRest(target: Uint8Array, at: number, a: number, b: number | undefined): void {
  target[at] = DIGITS[(a >>> 2) & 63]!;
  target[at + 1] = DIGITS[((a << 4) | ((b ?? 0) >>> 4)) & 63]!;
  target[at + 2] = b === undefined ? PADDING : DIGITS[(b << 2) & 63]!;
  target[at + 3] = PADDING;
}
