/** Draws that a seed repeats. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 to below the limit. */
  below(limit: number): number {
    // mulberry32
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  /** One of the values. */
  pick<Value>(values: readonly Value[]): Value {
    return values[this.below(values.length)] as Value;
  }

  /** True once in so many draws. */
  oneIn(count: number): boolean {
    return this.below(count) === 0;
  }

  /** A text of some length of the characters given. */
  text(characters: string, minimum: number, maximum: number): string {
    const length = minimum + this.below(maximum - minimum + 1);
    return Array.from({ length }, () => characters[this.below(characters.length)]).join("");
  }
}
