/** Code units that a gram holds: as many as fit into one number, of which each shifts the others by 8 bits. */
const GRAM_LENGTH = 4;

/** Bits of a gram by which the filter finds it. */
const FILTER_BITS = 16;

/** Spreads grams over the filter: 2³² divided by the golden ratio. */
const SPREAD = 0x9e3779b1;

/**
 * Finds which of many texts another text may hold, in one pass over it. Each is known by the gram that the fewest of the
 * others have in common with it.
 */
export class NeedleIndex {
  readonly #filter = new Uint8Array(1 << FILTER_BITS);
  readonly #rows = new Map<number, number[]>();

  /** @param needles Grams, each with the row that it stands for. */
  constructor(needles: Iterable<readonly [gram: number, row: number]>) {
    for (const [gram, row] of needles) {
      const rows = this.#rows.get(gram);
      if (rows === undefined) this.#rows.set(gram, [row]);
      else rows.push(row);
      this.#filter[placeOf(gram)] = 1;
    }
  }

  /**
   * Finds rows.
   *
   * @returns Every row whose text may be held, and some others, in no order; none twice.
   */
  find(text: string): number[] {
    const found: number[][] = [];
    const seen = new Set<number>();
    const filter = this.#filter;
    let gram = 0;
    for (let at = 0; at < text.length; at++) {
      gram = (gram << 8) ^ text.charCodeAt(at);
      if (filter[placeOf(gram)] === 0 || seen.has(gram)) continue;
      seen.add(gram);
      const rows = this.#rows.get(gram);
      if (rows !== undefined) found.push(rows);
    }
    return found.flat();
  }
}

const placeOf = (gram: number): number => Math.imul(gram, SPREAD) >>> (32 - FILTER_BITS);

/**
 * Reads the grams of a text.
 *
 * @returns Each once; none of a text that is shorter than a gram.
 */
export function gramsOf(text: string): ReadonlySet<number> {
  const grams = new Set<number>();
  let gram = 0;
  for (let at = 0; at < text.length; at++) {
    gram = (gram << 8) ^ text.charCodeAt(at);
    if (at >= GRAM_LENGTH - 1) grams.add(gram);
  }
  return grams;
}
