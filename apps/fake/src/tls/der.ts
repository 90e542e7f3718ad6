/**
 * Encodes a value of ASN.1 by the distinguished rules, as in certificates: tag, length, content.
 *
 * @param tag First byte: `0x30` for a sequence.
 * @param parts The content, in pieces.
 * @returns The encoded value.
 * @see {@link https://www.itu.int/rec/T-REC-X.690 | X.690}, section 10
 */
export function encodeDer(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const head = [tag, ...encodeLength(length)];
  const encoded = new Uint8Array(head.length + length);
  encoded.set(head);
  let offset = head.length;
  for (const part of parts) {
    encoded.set(part, offset);
    offset += part.length;
  }
  return encoded;
}

/** Up to 127 in one byte; otherwise the number of bytes that follow, then these. */
function encodeLength(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 | bytes.length, ...bytes];
}

/**
 * Encodes a `SEQUENCE`.
 *
 * @param parts Its values, encoded.
 * @returns The encoded value.
 */
export const sequence = (...parts: readonly Uint8Array[]): Uint8Array => encodeDer(0x30, ...parts);

/**
 * Encodes a `SET` of one value.
 *
 * @param part The value, encoded.
 * @returns The encoded value.
 */
export const setOf = (part: Uint8Array): Uint8Array => encodeDer(0x31, part);

/** An encoded `BOOLEAN` that is true. One that is false is left out where that is the default. */
export const TRUE: Uint8Array = encodeDer(0x01, Uint8Array.of(0xff));

/**
 * Encodes an `INTEGER` that is not negative.
 *
 * @param bytes Its bytes, the highest one first.
 * @returns The encoded value.
 */
export const integer = (...bytes: readonly number[]): Uint8Array =>
  encodeDer(0x02, Uint8Array.from((bytes[0] ?? 0) >= 0x80 ? [0, ...bytes] : bytes));

/**
 * Encodes an `OCTET STRING`.
 *
 * @param content Its bytes.
 * @returns The encoded value.
 */
export const octetString = (content: Uint8Array): Uint8Array => encodeDer(0x04, content);

/**
 * Encodes a `BIT STRING`.
 *
 * @param content Its bits, in bytes.
 * @param unusedBits How many bits of the last byte do not belong to it.
 * @returns The encoded value.
 */
export const bitString = (content: Uint8Array, unusedBits = 0): Uint8Array =>
  encodeDer(0x03, Uint8Array.of(unusedBits), content);

/**
 * Encodes a `UTF8String`.
 *
 * @param text The text.
 * @returns The encoded value.
 */
export const utf8String = (text: string): Uint8Array => encodeDer(0x0c, new TextEncoder().encode(text));

/**
 * Encodes a value whose tag means something in its context only.
 *
 * @param number Number of the tag.
 * @param constructed Whether the content is encoded values, and not bytes.
 * @param parts The content, in pieces.
 * @returns The encoded value.
 */
export const tagged = (number: number, constructed: boolean, ...parts: readonly Uint8Array[]): Uint8Array =>
  encodeDer(0x80 | (constructed ? 0x20 : 0) | number, ...parts);

/**
 * Encodes an `OBJECT IDENTIFIER`.
 *
 * @param text Its numbers, with dots between them.
 * @returns The encoded value.
 */
export function objectIdentifier(text: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = text.split(".").map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap((arc) => {
    const digits = [arc & 0x7f];
    for (let left = arc >>> 7; left > 0; left >>>= 7) digits.unshift(0x80 | (left & 0x7f));
    return digits;
  });
  return encodeDer(0x06, Uint8Array.from(bytes));
}

const FIRST_GENERALIZED_YEAR = 2050;

/**
 * Encodes a moment in whole seconds: as `UTCTime` up to the year 2049, and as `GeneralizedTime` after it, as certificates must.
 *
 * @param moment The moment.
 * @returns The encoded value.
 */
export function time(moment: Date): Uint8Array {
  const text = `${moment.toISOString().slice(0, 19).replaceAll(/[-:T]/g, "")}Z`;
  const isGeneralized = moment.getUTCFullYear() >= FIRST_GENERALIZED_YEAR;
  return encodeDer(isGeneralized ? 0x18 : 0x17, new TextEncoder().encode(isGeneralized ? text : text.slice(2)));
}
