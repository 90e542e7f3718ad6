import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { LoadResult } from "./load.ts";
import { median } from "./median.ts";
import { requestBytes, type Scenario } from "./requests.ts";
import { onCore, type ServerProcess, startServer } from "./server-process.ts";
import { type Contender, PEER } from "./servers.ts";

const CONNECTIONS = 64;
/** How much longer than a round a server runs before it is measured: its code is not compiled at once. */
const WARM_UP_FACTOR = 2;
const LOAD = fileURLToPath(new URL("./load.ts", import.meta.url));

/** What one load came to. */
export interface Sample {
  readonly perSecond: number;
  readonly cpuMicroseconds: number;
  readonly answerBytes: number;
}

/** Puts one load on a server. */
export async function measure(server: ServerProcess, scenario: Scenario, milliseconds: number): Promise<Sample> {
  const [command, ...args] = onCore(1, ["bun", LOAD, ...[server.port, CONNECTIONS, milliseconds].map(String)]);
  const generator = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  generator.stdin.end(await requestBytes(scenario, server.port));
  const before = server.cpuMicroseconds();
  const output = text(generator.stdout);
  const [status] = (await once(generator, "exit")) as [number];
  if (status !== 0)
    throw new Error(`Cannot measure ${server.name} with ${scenario.name}: the load ended with ${status}`);
  const { requests, seconds, answerBytes } = JSON.parse(await output) as LoadResult;
  const cpuMicroseconds = (server.cpuMicroseconds() - before) / requests;
  return { perSecond: requests / seconds, cpuMicroseconds, answerBytes };
}

/** What every contender came to in a scenario: requests per second, the median, by name. */
export interface ScenarioRates {
  readonly scenario: string;
  readonly perSecond: Readonly<Record<string, number>>;
}

/** Measures every contender with every scenario, in rounds that take turns; prints the medians, and answers them. */
export async function measureRates(
  contenders: readonly Contender[],
  scenarios: readonly Scenario[],
  rounds: number,
  milliseconds: number,
): Promise<readonly ScenarioRates[]> {
  const rates: ScenarioRates[] = [];
  const servers: ServerProcess[] = [];
  try {
    for (const { name, command } of contenders) servers.push(await startServer(name, command));
    for (const scenario of scenarios) {
      const samples = new Map<ServerProcess, Sample[]>(servers.map((server) => [server, []]));
      for (const server of servers) await measure(server, scenario, WARM_UP_FACTOR * milliseconds);
      for (let round = 0; round < rounds; round++) {
        for (const server of servers) samples.get(server)?.push(await measure(server, scenario, milliseconds));
      }
      rates.push(print(scenario, samples));
    }
  } finally {
    for (const server of servers) server.stop();
  }
  return rates;
}

function print(scenario: Scenario, samples: ReadonlyMap<ServerProcess, readonly Sample[]>): ScenarioRates {
  const rows = [...samples].map(([{ name }, taken]) => ({
    name,
    perSecond: median(taken.map((sample) => sample.perSecond)),
    cpu: median(taken.map((sample) => sample.cpuMicroseconds)),
    bytes: taken[0]?.answerBytes ?? 0,
  }));
  const peer = rows.find(({ name }) => name === PEER.name);
  console.log(`\n${scenario.name}`);
  for (const { name, perSecond, cpu, bytes } of rows) {
    const faster = (perSecond / (peer?.perSecond ?? 1)).toFixed(2);
    const cheaper = ((peer?.cpu ?? 1) / cpu).toFixed(2);
    console.log(
      `  ${name.padEnd(28)} ${perSecond.toFixed(0).padStart(7)} requests/s (${faster.padStart(5)} x)   ${cpu.toFixed(0).padStart(5)} µs of CPU a request (${cheaper.padStart(5)} x)   ${String(bytes).padStart(6)} bytes`,
    );
  }
  const perSecond = rows.map((row) => [row.name, Math.round(row.perSecond)]);
  return { scenario: scenario.name, perSecond: Object.fromEntries(perSecond) };
}
