import type { Piece } from "./pattern.ts";

const BITS = 32;

/** What stands between two stars of a pattern: texts, and marks that match one character each. */
export class PatternSegment {
  /** How many characters it matches. */
  readonly length: number;
  /** Each character; `undefined` for a mark that matches any, `null` for one that matches any but a colon. */
  readonly #characters: readonly (string | undefined | null)[];
  /** The same where it has no marks. */
  readonly #text: string | undefined;
  #masks: Masks | undefined;

  /** @param pieces Texts and marks, no stars and no variables. */
  constructor(pieces: readonly Piece[]) {
    const texts = pieces.map((piece) => (piece.kind === "text" ? piece.text : undefined));
    this.#text = texts.every((text) => text !== undefined) ? texts.join("") : undefined;
    this.#characters =
      this.#text === undefined
        ? pieces.flatMap((piece) => (piece.kind === "text" ? piece.text.split("") : [anyOf(piece)]))
        : [];
    this.length = this.#text?.length ?? this.#characters.length;
  }

  /** Whether it matches the text at a place. */
  fitsAt(text: string, start: number): boolean {
    if (start < 0 || start + this.length > text.length) return false;
    if (this.#text !== undefined) return text.startsWith(this.#text, start);
    return this.#characters.every((character, at) => matches(character, text[start + at] ?? ""));
  }

  /**
   * Finds the first place at which it matches.
   *
   * @param from The first place that counts.
   * @param to The last one.
   * @returns -1 where there is none.
   */
  find(text: string, from: number, to: number): number {
    if (from > to) return -1;
    const end = Math.min(text.length, to + this.length);
    if (this.#text === undefined) return this.#findMarked(text, from, end);
    const found = text.slice(from, end).indexOf(this.#text);
    return found < 0 ? -1 : from + found;
  }

  /**
   * Holds for each character of the segment, as one bit, whether the text up to here ends with the segment up to there: each
   * character of the text moves all of them at once.
   *
   * @see {@link https://doi.org/10.1145/135239.135243 | Baeza-Yates and Gonnet, A new approach to text searching}
   */
  #findMarked(text: string, from: number, end: number): number {
    this.#masks ??= new Masks(this.#characters);
    const words = Math.ceil(this.length / BITS);
    const state = new Uint32Array(words);
    const lastBit = 1 << ((this.length - 1) % BITS);
    for (let at = from; at < end; at++) {
      const mask = this.#masks.of(text[at] ?? "");
      let carry = 1;
      for (let word = 0; word < words; word++) {
        const before = state[word] ?? 0;
        state[word] = ((before << 1) | carry) & (mask[word] ?? 0);
        carry = before >>> (BITS - 1);
      }
      if (((state[words - 1] ?? 0) & lastBit) !== 0) return at + 1 - this.length;
    }
    return -1;
  }
}

const anyOf = (piece: Piece): undefined | null => ("confined" in piece && piece.confined ? null : undefined);

const matches = (character: string | undefined | null, found: string): boolean =>
  character === undefined || (character === null ? found !== ":" : character === found);

/** For each character of a text, one bit for each character of the segment that matches it. */
class Masks {
  readonly #of = new Map<string, Uint32Array>();
  readonly #ofOthers: Uint32Array;

  constructor(characters: readonly (string | undefined | null)[]) {
    const words = Math.ceil(characters.length / BITS);
    const set = (mask: Uint32Array, at: number): void => {
      mask[at >>> 5] = (mask[at >>> 5] ?? 0) | (1 << (at % BITS));
    };
    const marked = (isFree: (character: undefined | null) => boolean): Uint32Array => {
      const mask = new Uint32Array(words);
      for (const [at, character] of characters.entries())
        if (typeof character !== "string" && isFree(character)) set(mask, at);
      return mask;
    };
    this.#ofOthers = marked(() => true);
    const ofColon = marked((character) => character === undefined);
    this.#of.set(":", ofColon);
    for (const [at, character] of characters.entries()) {
      if (typeof character !== "string") continue;
      let mask = this.#of.get(character);
      if (mask === undefined) this.#of.set(character, (mask = this.#ofOthers.slice()));
      set(mask, at);
    }
  }

  of(character: string): Uint32Array {
    return this.#of.get(character) ?? this.#ofOthers;
  }
}
