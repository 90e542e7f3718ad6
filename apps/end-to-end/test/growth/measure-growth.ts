import process from "node:process";

/** Something that is given an input of a size: the input is made beforehand, and is no part of what is measured. */
export type Measured = (size: number) => () => unknown;

/** How much longer something took with four times the input. */
export interface Growth {
  /** The larger of the two sizes. */
  readonly size: number;
  /** CPU time with it, the least of five. */
  readonly milliseconds: number;
  /** How many times as long it took as with a quarter of it. */
  readonly ratio: number;
}

const SMALLEST = 4_096;
const TIMES = 4;
const RUNS = 5;
/**
 * How often it is measured again where it seems to grow too fast. The least of all counts, of either size: whatever else the
 * machine does only ever makes it longer.
 */
const ATTEMPTS = 12;
/** Four times the input may take so many times as long: linear is 4, the square is 16. */
export const MOST_GROWTH = 6;
/** Nothing grows so by chance: it is not measured again. */
const CERTAIN_GROWTH = 12;
/** Less says nothing: clocks are coarse, and whatever else a runtime does counts too. */
const LEAST_MS = 20;

/** Says how much CPU time the process has used, in milliseconds. */
export type CpuClock = () => number;

const processClock: CpuClock = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

async function cpuTime(run: () => unknown, repeats: number, clock: CpuClock): Promise<number> {
  const before = clock();
  for (let repeat = 0; repeat < repeats; repeat++) await run();
  return (clock() - before) / repeats;
}

async function best(run: () => unknown, repeats: number, clock: CpuClock): Promise<number> {
  let least = Infinity;
  for (let count = 0; count < RUNS; count++) least = Math.min(least, await cpuTime(run, repeats, clock));
  return least;
}

/**
 * Measures how CPU time grows with the size of an input: at the first size at which there is something to measure.
 *
 * @param maxSize The largest size that is tried.
 * @param clock What measures.
 * @returns `undefined` where not even that takes long enough to be measured: whatever grows with the square of its input does.
 */
export async function measureGrowth(
  measured: Measured,
  maxSize: number,
  clock: CpuClock = processClock,
): Promise<Growth | undefined> {
  for (let size = SMALLEST; size <= maxSize; size *= TIMES) {
    const large = measured(size);
    if ((await cpuTime(large, 1, clock)) < LEAST_MS) continue;
    const milliseconds = await best(large, 1, clock);
    // Measured once more where it was only slow because it was new.
    if (milliseconds < LEAST_MS) continue;
    const small = measured(size / TIMES);
    const repeats = Math.max(1, Math.ceil(LEAST_MS / Math.max(1, await cpuTime(small, 1, clock))));
    let [leastLarge, leastSmall] = [milliseconds, await best(small, repeats, clock)];
    const isOpen = (): boolean => leastLarge > MOST_GROWTH * leastSmall && leastLarge < CERTAIN_GROWTH * leastSmall;
    for (let attempt = 1; attempt < ATTEMPTS && isOpen(); attempt++) {
      leastLarge = Math.min(leastLarge, await best(large, 1, clock));
      leastSmall = Math.min(leastSmall, await best(small, repeats, clock));
    }
    return { size, milliseconds, ratio: leastLarge / leastSmall };
  }
  return undefined;
}
