import { join } from "node:path";
import { measure, type Sample } from "./rates.ts";
import type { Scenario } from "./requests.ts";
import { type ServerProcess, startServer } from "./server-process.ts";
import { RUNTIME_NAMES, RUNTIMES, type RuntimeName, serverFile } from "./servers.ts";

/** A way to run the fake. */
interface Mode {
  readonly name: string;
  readonly runtime: RuntimeName;
  readonly http: "1" | "auto";
}

/**
 * How long a server runs before it is compared. A runtime compiles for some seconds, longer where the code has more functions: two
 * processes of the same code differ by a tenth before that.
 */
const WARM_UP_MS = 5_000;

/** Every runtime with every `--http`. */
export const COMPARED_MODES: readonly Mode[] = RUNTIME_NAMES.flatMap((runtime) =>
  (["1", "auto"] as const).map((http) => ({ name: `fake --http ${http} on ${runtime}`, runtime, http })),
);

const bestRate = (samples: readonly Sample[]): number => Math.max(...samples.map(({ perSecond }) => perSecond));
const bestCpu = (samples: readonly Sample[]): number => Math.min(...samples.map((sample) => sample.cpuMicroseconds));

/** What to measure, and how long. */
export interface Comparison {
  readonly scenarios: readonly Scenario[];
  readonly modes: readonly Mode[];
  readonly rounds: number;
  readonly milliseconds: number;
}

/**
 * Measures the fake of another checkout and this one in turn, and prints the ratios of this one to that one, of the best
 * round of each: what disturbs the machine only ever makes a round worse.
 */
export async function compareWith(
  before: string,
  { scenarios, modes, rounds, milliseconds }: Comparison,
): Promise<void> {
  const files = [join(before, "apps/fake/bench/servers/fake.ts"), serverFile("fake.ts")] as const;
  for (const { name, runtime, http } of modes) {
    const servers: ServerProcess[] = [];
    try {
      for (const file of files) servers.push(await startServer(name, [...RUNTIMES[runtime], file, http]));
      console.log(`\n${name}`);
      for (const scenario of scenarios) await compare(servers as [ServerProcess, ServerProcess], scenario);
    } finally {
      for (const server of servers) server.stop();
    }
  }

  async function compare(pair: readonly [ServerProcess, ServerProcess], scenario: Scenario): Promise<void> {
    for (const server of pair) await measure(server, scenario, WARM_UP_MS);
    const taken: { readonly old: Sample; readonly now: Sample }[] = [];
    for (let round = 0; round < rounds; round++) taken.push(await takeRound(pair, scenario, round % 2 === 0));
    const [old, now] = [taken.map((round) => round.old), taken.map((round) => round.now)];
    const cpu = bestCpu(now);
    console.log(
      `  ${scenario.name.padEnd(44)} ${(bestRate(now) / bestRate(old)).toFixed(2)} x requests/s   ` +
        `${(cpu / bestCpu(old)).toFixed(2)} x CPU a request (${cpu.toFixed(0)} µs)`,
    );
  }

  /** One load on each; who comes first changes from round to round. */
  async function takeRound(
    [old, now]: readonly [ServerProcess, ServerProcess],
    scenario: Scenario,
    oldFirst: boolean,
  ): Promise<{ old: Sample; now: Sample }> {
    if (oldFirst) {
      const first = await measure(old, scenario, milliseconds);
      return { old: first, now: await measure(now, scenario, milliseconds) };
    }
    const first = await measure(now, scenario, milliseconds);
    return { now: first, old: await measure(old, scenario, milliseconds) };
  }
}
