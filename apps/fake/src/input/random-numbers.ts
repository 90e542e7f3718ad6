/**
 * Numbers that look like chance, and are the same for the same seed.
 *
 * @param seed A whole number.
 * @returns A function that gives the next one, from 0 to below 1.
 * @see {@link https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32 | Mulberry32}
 */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
