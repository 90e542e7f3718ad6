import process from "node:process";
import type { Contender } from "./contenders.ts";

const ROUNDS = 5;

/** Microseconds of processor time a call, by name: the median of five interleaved rounds. */
export async function measure(contenders: readonly Contender[], calls: number): Promise<ReadonlyMap<string, number>> {
  const taken = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = -1; round < ROUNDS; round++) {
    // Each round begins with another, so that no contender always follows the same one.
    for (let index = 0; index < contenders.length; index++) {
      const contender = contenders[(index + Math.max(round, 0)) % contenders.length];
      if (contender === undefined) continue;
      const before = process.cpuUsage();
      for (let call = 0; call < calls; call++) await contender.run();
      const { user, system } = process.cpuUsage(before);
      // The first round warms up.
      if (round >= 0) taken.get(contender.name)?.push((user + system) / calls);
    }
  }
  return new Map([...taken].map(([name, times]) => [name, times.toSorted((a, b) => a - b)[ROUNDS >> 1] ?? 0]));
}
