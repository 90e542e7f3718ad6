import { Buffer, isAscii, isUtf8 } from "node:buffer";

/**
 * The most bytes that a character can become where text is normalized (NFKC), by the byte that it begins with, for three bytes
 * and four by the first two. One that is not in it becomes no longer. Anthropic's published tokenizer, that of Claude 2, does so;
 * of the later ones nobody says anything, so it is assumed of them.
 *
 * Source: Unicode 16, every character in NFKC and in NFKD, since the marks around one may keep it from being put together
 * again; but for the syllables of Hangul, which nothing keeps apart. A test asks the runtime's own tables.
 */
const GROWN: readonly (readonly [bytes: number, beginnings: readonly number[]])[] = [
  [3, [0xc3, 0xc4, 0xc5, 0xc6, 0xcb]],
  [4, [0xcd, 0xcf, 0xd0, 0xd1, 0xd3, 0xd6, 0xd8, 0xd9, 0xdb, 0xe291, 0xe292, 0xefa9, 0xefab, 0xefad, 0xefae, 0xefb4]],
  [4, [0xefb9, 0xefba]],
  [5, [0xc2, 0xc7, 0xc8, 0xe1b8, 0xe1b9, 0xe1ba, 0xe1bb, 0xe286, 0xe287, 0xe289, 0xe28a, 0xe28b, 0xe2ab]],
  [6, [0xce, 0xe0a4, 0xe0a5, 0xe0a7, 0xe0a8, 0xe0a9, 0xe0ad, 0xe0ae, 0xe0af, 0xe0b1, 0xe0b5, 0xe0b8, 0xe0ba, 0xe0bb]],
  [6, [0xe0be, 0xe180, 0xe1ac, 0xe1ad, 0xe1bc, 0xe1bd, 0xe1bf, 0xe285, 0xe381, 0xe382, 0xe383, 0xe38b, 0xe38f, 0xefac]],
  [6, [0xefaf, 0xefb0, 0xefb1, 0xefb2, 0xefb3, 0xefb5, 0xefb6, 0xefbb, 0xf090]],
  [8, [0xe1be, 0xe38e, 0xf091]],
  [9, [0xe0b3, 0xe0b7, 0xe0bd, 0xe280, 0xe288, 0xf09f]],
  [12, [0xe281, 0xe2a8, 0xf096, 0xf09d]],
  [15, [0xe389]],
  [17, [0xe388]],
  [18, [0xe38c, 0xe38d]],
  [33, [0xefb7]],
];

const BY_BEGINNING: ReadonlyMap<number, number> = /* @__PURE__ */ new Map(
  GROWN.flatMap(([bytes, beginnings]) => beginnings.map((beginning): [number, number] => [beginning, bytes])),
);

/** A half of a pair of surrogates, and what no character becomes longer than if it has four bytes. */
const HALF_OF_PAIR = 12;
const ESCAPE_LENGTH = 6;
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;

/** What names and words of the API are written in. */
const WORD = /^[0-9A-Z_a-z]$/;

/** What is known of the text of a body. */
export interface TextGrowth {
  /** By how many bytes its text may be longer, once normalized, than the body is; null where the body is no UTF-8. */
  readonly bytes: number | null;
  /** Whether a letter, a digit or an underscore is written as an escape, which hides it from a search. */
  readonly hasHiddenLetters: boolean;
}

/**
 * Says by how much the text of a body may grow before it is cut into tokens.
 *
 * @param body A body of JSON. Bodies in ASCII without `\u` are passed over by the runtime; of others each byte is looked at once.
 * @returns The growth.
 */
export function growText(body: Uint8Array): TextGrowth {
  const hasEscapes = Buffer.from(body.buffer, body.byteOffset, body.length).includes("\\u");
  if (!hasEscapes && isAscii(body)) return { bytes: 0, hasHiddenLetters: false };
  if (!isUtf8(body)) return { bytes: null, hasHiddenLetters: true };
  let grown = 0;
  let hasHiddenLetters = false;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at] as number;
    if (byte === BACKSLASH) {
      at += 1;
      if (body[at] !== LETTER_U) continue;
      const unit = Number.parseInt(String.fromCharCode(...body.subarray(at + 1, at + 5)), 16);
      grown += Math.max(0, longestOfUnit(unit) - ESCAPE_LENGTH);
      if (WORD.test(String.fromCharCode(unit))) hasHiddenLetters = true;
    } else if (byte >= 0xc0) {
      const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
      grown += Math.max(0, longest(length === 2 ? byte : (byte << 8) | (body[at + 1] ?? 0), length) - length);
      at += length - 1;
    }
  }
  return { bytes: grown, hasHiddenLetters };
}

const longest = (beginning: number, length: number): number => BY_BEGINNING.get(beginning) ?? length;

/** The most bytes that what is written as `\uXXXX` may become. */
function longestOfUnit(unit: number): number {
  if (unit < 0x80) return 1;
  if (unit < 0x800) return longest(0xc0 | (unit >> 6), 2);
  if (unit >= 0xd800 && unit < 0xe000) return HALF_OF_PAIR;
  return longest(((0xe0 | (unit >> 12)) << 8) | 0x80 | ((unit >> 6) & 0x3f), 3);
}
