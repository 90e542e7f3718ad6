/** Numbers that look like chance, and are the same for one seed. */
export interface Random {
  /** A whole number from 0 on, below another. */
  readonly below: (end: number) => number;
  readonly pick: <T>(from: readonly T[]) => T;
  readonly maybe: <T>(from: readonly T[]) => T | undefined;
}

/** Mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed;
  const below = (end: number): number => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * end);
  };
  return {
    below,
    pick: (from) => {
      if (from.length === 0) throw new Error("nothing to pick from");
      return from[below(from.length)] as (typeof from)[number];
    },
    maybe: (from) => (from.length === 0 ? undefined : from[below(from.length)]),
  };
}
