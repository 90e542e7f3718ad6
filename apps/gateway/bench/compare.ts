import type { Contender, ContenderTitle } from "./contender.ts";
import { median } from "./median.ts";
import { exchange, type Form, FORMS } from "./requests.ts";
import type { Target } from "./server-process.ts";

/** What a request cost at a server; the median of the rounds. */
export interface Cost {
  readonly cpuMicroseconds: number;
  /** What the database used that the server has for itself; the mean of the rounds. */
  readonly storeMicroseconds?: number;
  /** The median time of a request, less that of one sent to the upstream itself, in milliseconds. */
  readonly addedMs: number;
}

/** By form of the answer, then by name of the contender. */
export type Costs = Readonly<Record<Form, Readonly<Record<string, Cost>>>>;

/** How often, and how many. */
export interface Lengths {
  readonly rounds: number;
  /** Requests in a round. */
  readonly times: number;
  /** Requests before the first round: what serves for days has been compiled for long. */
  readonly warmUp: number;
}

/** Requests at the beginning of a round, which do not count: while the others had their turn, a runtime may have put code away. */
const WAKE_UP = 1_500;

/** What a request costs at each of some servers, in turns. */
export async function compare(direct: Target, contenders: readonly Contender[], lengths: Lengths): Promise<Costs> {
  const costs: Partial<Record<Form, Readonly<Record<string, Cost>>>> = {};
  for (const form of FORMS) costs[form] = await compareForm(form, direct, contenders, lengths);
  return costs as Costs;
}

async function compareForm(
  form: Form,
  direct: Target,
  contenders: readonly Contender[],
  { rounds, times, warmUp }: Lengths,
): Promise<Readonly<Record<string, Cost>>> {
  const measured = new Map(contenders.map(({ name }) => [name, { cpu: [], store: [], time: [] } as Measured]));
  const directTimes: number[] = [];
  for (const { server } of contenders) await series(server.target, form, warmUp);
  for (let round = 0; round < rounds; round += 1) {
    await series(direct, form, WAKE_UP);
    directTimes.push(await series(direct, form, times));
    for (const { name, server } of contenders) {
      const one = measured.get(name);
      await series(server.target, form, WAKE_UP);
      const before = await server.used();
      one?.time.push(await series(server.target, form, times));
      const after = await server.used();
      one?.cpu.push((after.cpuMicroseconds - before.cpuMicroseconds) / times);
      if (after.storeMicroseconds === undefined) continue;
      one?.store.push((after.storeMicroseconds - (before.storeMicroseconds ?? 0)) / times);
    }
  }
  const costs = [...measured].map(([name, { cpu, store, time }]): readonly [string, Cost] => [
    name,
    {
      cpuMicroseconds: median(cpu),
      // Most rounds are too short for the system to see its time.
      ...(store.length > 0 && { storeMicroseconds: store.reduce((sum, one) => sum + one, 0) / store.length }),
      addedMs: median(time) - median(directTimes),
    },
  ]);
  return Object.fromEntries(costs);
}

interface Measured {
  readonly cpu: number[];
  readonly store: number[];
  readonly time: number[];
}

/** Sends requests one after the other; gives the median time of one, in milliseconds. */
async function series(target: Target, form: Form, count: number): Promise<number> {
  const taken: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const began = performance.now();
    await exchange(target, form);
    taken.push(performance.now() - began);
  }
  return median(taken);
}

/** Prints a line for each contender and form. */
export function printCosts(costs: Costs, contenders: readonly ContenderTitle[]): void {
  for (const form of FORMS) {
    for (const contender of contenders) {
      const { cpuMicroseconds, storeMicroseconds, addedMs } = costOf(costs, form, contender.name);
      const words = [
        `${cpuMicroseconds.toFixed(0).padStart(5)} µs CPU a request`,
        ...ratiosOf(costs, form, contender).map(({ ratio, of }) => `${ratio.toFixed(2)} of ${of}`),
        `${addedMs.toFixed(2)} ms added`,
        ...(storeMicroseconds === undefined ? [] : [`PostgreSQL ${storeMicroseconds.toFixed(0)} µs`]),
      ];
      console.log(`${form.padEnd(4)} ${contender.name.padEnd(30)} ${words.join(", ")}`);
    }
  }
}

/** What a request cost at a contender. */
export function costOf(costs: Costs, form: Form, name: string): Cost {
  const cost = costs[form][name];
  if (cost === undefined) throw new RangeError(`Cannot compare: nothing was measured of ${name}; measure again`);
  return cost;
}

/** Processor time of a contender, as times of what it is held to, as far as that was measured. */
export function ratiosOf(
  costs: Costs,
  form: Form,
  { name, floor, peer }: ContenderTitle,
): readonly { readonly ratio: number; readonly of: string }[] {
  const { cpuMicroseconds } = costOf(costs, form, name);
  return [floor, peer].flatMap((of) => {
    const other = of === undefined ? undefined : costs[form][of];
    return of === undefined || other === undefined ? [] : [{ ratio: cpuMicroseconds / other.cpuMicroseconds, of }];
  });
}
