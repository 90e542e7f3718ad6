const INVALID = 0xff;

const DIGITS: Uint8Array = /* @__PURE__ */ makeDigits();

function makeDigits(): Uint8Array {
  const digits = new Uint8Array(256).fill(INVALID);
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (let value = 0; value < alphabet.length; value++) digits[alphabet.charCodeAt(value)] = value;
  return digits;
}

const PADDING = 0x3d;
const SPACE = 0x20;

/** What {@link decodeBase64} tells of bytes: whether any is not ASCII, and whether any is a control character. */
export const NOT_ASCII = 1;
export const HAS_CONTROL = 2;

/** What it tells of what is not Base64 with its padding. */
export const NOT_BASE64: number = -1;

/**
 * Finds how many bytes Base64 holds.
 *
 * @param bytes Bytes that hold the Base64.
 * @param start Index of its first byte.
 * @param end Index after its last byte.
 * @returns Their number.
 */
export function base64Length(bytes: Uint8Array, start: number, end: number): number {
  return ((end - start) / 4) * 3 - paddingOf(bytes, start, end);
}

const paddingOf = (bytes: Uint8Array, start: number, end: number): 0 | 1 | 2 =>
  end > start && bytes[end - 1] === PADDING ? (bytes[end - 2] === PADDING ? 2 : 1) : 0;

/**
 * Decodes Base64 that stands as ASCII among other bytes, in one pass that also tells of what kind the decoded bytes are.
 *
 * @param bytes Bytes that hold the Base64.
 * @param start Index of its first byte.
 * @param end Index after its last byte.
 * @param target Where the decoded bytes go; it has room for three for each four.
 * @param at Index of the first of them.
 * @returns {@link NOT_ASCII} and {@link HAS_CONTROL}, added up; {@link NOT_BASE64} where this is not Base64 with its padding.
 */
export function decodeBase64(bytes: Uint8Array, start: number, end: number, target: Uint8Array, at: number): number {
  if ((end - start) % 4 !== 0) return NOT_BASE64;
  const padding = paddingOf(bytes, start, end);
  const whole = padding === 0 ? end : end - 4;
  let to = at;
  // Collect the high bits, which show a digit that is not one, and text that is not ASCII; and the sign of what is below a space.
  let digits = 0;
  let text = 0;
  let control = 0;
  for (let from = start; from < whole; from += 4) {
    const a = DIGITS[bytes[from]!]!;
    const b = DIGITS[bytes[from + 1]!]!;
    const c = DIGITS[bytes[from + 2]!]!;
    const d = DIGITS[bytes[from + 3]!]!;
    digits |= a | b | c | d;
    const first = (a << 2) | (b >> 4);
    const second = ((b << 4) & 0xff) | (c >> 2);
    const third = ((c << 6) & 0xff) | d;
    text |= first | second | third;
    control |= (first - SPACE) | (second - SPACE) | (third - SPACE);
    target[to] = first;
    target[to + 1] = second;
    target[to + 2] = third;
    to += 3;
  }
  if (padding !== 0) {
    const a = DIGITS[bytes[whole]!]!;
    const b = DIGITS[bytes[whole + 1]!]!;
    const c = padding === 1 ? DIGITS[bytes[whole + 2]!]! : 0;
    digits |= a | b | c;
    const first = (a << 2) | (b >> 4);
    text |= target[to++] = first;
    control |= first - SPACE;
    if (padding === 1) {
      const second = ((b << 4) & 0xff) | (c >> 2);
      text |= target[to++] = second;
      control |= second - SPACE;
    }
  }
  if (digits > 0x3f) return NOT_BASE64;
  return (text < 0x80 ? 0 : NOT_ASCII) | (control < 0 ? HAS_CONTROL : 0);
}
