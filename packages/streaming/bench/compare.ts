/** CPU time of this process so far, of all its threads: other work on the machine does not count. */
const cpuMicroseconds = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

/** One way to do the work; resolves to how many items it made, so that it cannot be optimized away. */
export interface Competitor {
  readonly name: string;
  readonly run: () => number | Promise<number>;
  /** Ours are told as ratios to the others. */
  readonly kind: "ours" | "peer" | "limit";
}

/** What one competitor took. */
export interface Result {
  readonly name: string;
  readonly kind: Competitor["kind"];
  readonly microseconds: number;
}

const ROUNDS = 7;
const ROUND_MS = 40;
const WARM_MS = 400;

/**
 * Runs the competitors in turn, round by round in rotating order, so that a slow moment of the machine meets all
 * of them; gives the median of each.
 */
export async function compare(competitors: readonly Competitor[], items: number): Promise<readonly Result[]> {
  const repeats = new Map<string, number>();
  for (const { name, run } of competitors) {
    // Warmed until it is compiled, checked, and measured once to see how often it fits into a round.
    const until = performance.now() + WARM_MS;
    while (performance.now() < until) {
      const made = await run();
      if (made !== items) throw new Error(`${name} made ${made} items, expected ${items}`);
    }
    const start = performance.now();
    await run();
    repeats.set(name, Math.max(1, Math.ceil(ROUND_MS / Math.max(performance.now() - start, 0.01))));
  }
  const times = new Map<string, number[]>(competitors.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (let turn = 0; turn < competitors.length; turn++) {
      const { name, run } = competitors[(turn + round) % competitors.length]!;
      const count = repeats.get(name)!;
      const start = cpuMicroseconds();
      for (let repeat = 0; repeat < count; repeat++) {
        const made = run();
        if (typeof made !== "number") await made;
      }
      times.get(name)!.push((cpuMicroseconds() - start) / count);
    }
  }
  return competitors.map(({ name, kind }) => {
    const sorted = times.get(name)!.toSorted((a, b) => a - b);
    return { name, kind, microseconds: sorted[sorted.length >> 1]! };
  });
}

const format = (microseconds: number): string =>
  microseconds < 10
    ? `${(microseconds * 1000).toFixed(0)} ns`
    : microseconds < 10_000
      ? `${microseconds.toFixed(1)} µs`
      : `${(microseconds / 1000).toFixed(2)} ms`;

/** Prints a table: the CPU time of each, how many times the limit that is, and how many times the first of ours. */
export function print(title: string, results: readonly Result[]): void {
  const ours = results.find(({ kind }) => kind === "ours")!.microseconds;
  const limit = Math.min(...results.filter(({ kind }) => kind === "limit").map(({ microseconds }) => microseconds));
  console.log(`\n### ${title}\n\n| | CPU time | x limit | x ours |\n|---|---|---|---|`);
  for (const { name, kind, microseconds } of results) {
    const label = kind === "ours" ? `**${name}**` : kind === "limit" ? `limit: ${name}` : name;
    console.log(
      `| ${label} | ${format(microseconds)} | ${(microseconds / limit).toFixed(2)} | ${(microseconds / ours).toFixed(2)} |`,
    );
  }
}
