/**
 * The fake on Bun, Deno and Node beside aimock, in one run: interleaved
 * rounds, 64 connections, the median of each. The fake verifies every
 * signature; aimock verifies nothing.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { load } from "./load.ts";
import { requestBytes, SCENARIOS, type Scenario } from "./requests.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

const CONNECTIONS = 64;
const PEER = "aimock on Node";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "5" }, milliseconds: { type: "string", default: "1000" } },
});
const rounds = Number(values.rounds);
const milliseconds = Number(values.milliseconds);

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const servers = await Promise.all([
  startServer(PEER, "node", [file("./aimock-server.ts")]),
  startServer("fake on Bun", "bun", [file("./fake-server.ts")]),
  startServer("fake on Deno", "deno", ["run", "-A", file("./fake-server.ts")]),
  startServer("fake on Node", "node", [file("./fake-server.ts")]),
]);

interface Sample {
  readonly perSecond: number;
  readonly cpuMicroseconds: number;
}

async function measure(server: ServerProcess, scenario: Scenario, duration: number): Promise<Sample> {
  const bytes = await requestBytes(scenario, server.port);
  const before = server.cpuMicroseconds();
  const { requests, seconds } = await load(server.port, bytes, CONNECTIONS, duration);
  return { perSecond: requests / seconds, cpuMicroseconds: (server.cpuMicroseconds() - before) / requests };
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

try {
  for (const scenario of SCENARIOS) {
    const samples = new Map<ServerProcess, Sample[]>();
    for (const server of servers) await measure(server, scenario, milliseconds / 2);
    for (let round = 0; round < rounds; round++) {
      for (const server of servers) {
        samples.set(server, [...(samples.get(server) ?? []), await measure(server, scenario, milliseconds)]);
      }
    }
    const rows = servers.map((server) => {
      const taken = samples.get(server) ?? [];
      return {
        server: server.name,
        perSecond: median(taken.map((sample) => sample.perSecond)),
        cpu: median(taken.map((sample) => sample.cpuMicroseconds)),
      };
    });
    const peer = rows.find((row) => row.server === PEER);
    console.log(`\n${scenario.name}`);
    for (const { server, perSecond, cpu } of rows) {
      const faster = (perSecond / (peer?.perSecond ?? 1)).toFixed(2);
      const cheaper = ((peer?.cpu ?? 1) / cpu).toFixed(2);
      console.log(
        `  ${server.padEnd(14)}  ${perSecond.toFixed(0).padStart(7)} requests/s (${faster} x)   ${cpu.toFixed(0).padStart(6)} µs CPU/request (${cheaper} x)`,
      );
    }
  }
} finally {
  for (const server of servers) server.stop();
}
