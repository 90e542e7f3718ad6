/** Numbers that look random and are the same in each run: a linear congruential generator modulo 2 to the 32. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 to below `bound`. */
  below(bound: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    // The low bits of such a generator repeat soon.
    return Math.floor((this.#state / 2 ** 32) * bound);
  }
}

/** Cuts bytes at so many random places. */
export function cutAtRandom(bytes: Uint8Array, cuts: number, random: Random): Uint8Array[] {
  const places = Array.from({ length: cuts }, () => random.below(bytes.length + 1)).toSorted((a, b) => a - b);
  return [0, ...places].map((from, index) => bytes.slice(from, places[index] ?? bytes.length));
}
