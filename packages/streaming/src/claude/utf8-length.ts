const FIRST_OF_TWO_BYTES = 0x80;
const FIRST_OF_THREE_BYTES = 0x800;
const FIRST_HIGH_SURROGATE = 0xd800;
const FIRST_LOW_SURROGATE = 0xdc00;
const LAST_LOW_SURROGATE = 0xdfff;

/**
 * Computes the length of a part of a text in UTF-8, without encoding it.
 *
 * @param text The text.
 * @param start Index of the part's first unit.
 * @param end Index after its last unit.
 * @returns How many bytes the part is by itself. A surrogate that stands alone in it counts as the U+FFFD that a `TextEncoder`
 * makes of it.
 */
export function utf8Length(text: string, start: number, end: number): number {
  let bytes = end - start;
  let index = start;
  while (index < end) {
    // Most of JSON is ASCII.
    while (index + 4 <= end && isAscii4(text, index)) index += 4;
    if (index >= end) break;
    const code = text.charCodeAt(index++);
    if (code < FIRST_OF_TWO_BYTES) continue;
    bytes += code < FIRST_OF_THREE_BYTES ? 1 : 2;
    // A pair is two units and four bytes.
    if (code >= FIRST_HIGH_SURROGATE && code < FIRST_LOW_SURROGATE && index < end) {
      const next = text.charCodeAt(index);
      if (next >= FIRST_LOW_SURROGATE && next <= LAST_LOW_SURROGATE) index++;
    }
  }
  return bytes;
}

const isAscii4 = (text: string, at: number): boolean =>
  (text.charCodeAt(at) | text.charCodeAt(at + 1) | text.charCodeAt(at + 2) | text.charCodeAt(at + 3)) <
  FIRST_OF_TWO_BYTES;
