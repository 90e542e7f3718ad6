/**
 * What a request costs `listen`, beside a bare `node:http` and the runtime's own server on the same runtime: rounds that take
 * turns, the median of each, CPU time as the process of the server tells it. `pnpm --filter @claude-on-aws/listen bench`
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "5" }, milliseconds: { type: "string", default: "1000" } },
});
const CONNECTIONS = 64;
const RUNTIMES = { Bun: ["bun"], Deno: ["deno", "run", "-A"], Node: ["node"] } as const;
const KINDS = {
  Bun: ["listen", "listen-http1", "node-http", "fetch"],
  Deno: ["listen", "node-http", "fetch"],
  Node: ["listen", "node-http"],
};
const NAMES: Readonly<Record<string, string>> = {
  listen: "listen()",
  "listen-http1": "listen(), HTTP/1.1 alone",
  "node-http": "bare node:http",
  fetch: "the runtime's own server",
};
const SCENARIOS = [
  { name: "1 KB of JSON", target: "/json", bodyBytes: 0 },
  { name: "10 KB in, 1 KB out", target: "/json", bodyBytes: 10_240 },
  { name: "50 pieces", target: "/pieces", bodyBytes: 0 },
];

const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

interface Running {
  readonly name: string;
  readonly port: number;
  readonly child: ChildProcess;
}

async function start(runtime: keyof typeof RUNTIMES, kind: string): Promise<Running> {
  const [program, ...args] = [...RUNTIMES[runtime], fileOf("server.ts"), kind];
  const child = spawn(program ?? "", args, { stdio: ["ignore", "pipe", "inherit"], detached: true });
  for await (const line of createInterface({ input: child.stdout })) {
    return { name: `${NAMES[kind]} on ${runtime}`, port: Number(new URL(line).port), child };
  }
  throw new Error(`Cannot start ${kind} on ${runtime}: it ended without printing a URL`);
}

const cpuOf = async ({ port }: Running): Promise<number> =>
  Number(await (await fetch(`http://127.0.0.1:${port}/cpu`)).text());
const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

interface Sample {
  readonly perSecond: number;
  readonly microseconds: number;
}

async function measure(server: Running, target: string, bodyBytes: number, milliseconds: number): Promise<Sample> {
  const before = await cpuOf(server);
  const load = spawn("bun", [
    fileOf("load.ts"),
    ...[server.port, CONNECTIONS, milliseconds, target, bodyBytes].map(String),
  ]);
  const output = text(load.stdout);
  await once(load, "exit");
  const { answered, seconds } = JSON.parse(await output) as { answered: number; seconds: number };
  return { perSecond: answered / seconds, microseconds: ((await cpuOf(server)) - before) / answered };
}

for (const runtime of ["Bun", "Deno", "Node"] as const) {
  const servers: Running[] = [];
  try {
    for (const kind of KINDS[runtime]) servers.push(await start(runtime, kind));
    for (const { name, target, bodyBytes } of SCENARIOS) {
      const samples = new Map<Running, Sample[]>(servers.map((server) => [server, []]));
      for (const server of servers) await measure(server, target, bodyBytes, 2 * Number(values.milliseconds));
      for (let round = 0; round < Number(values.rounds); round++) {
        for (const server of servers) {
          samples.get(server)?.push(await measure(server, target, bodyBytes, Number(values.milliseconds)));
        }
      }
      console.log(`\n${name}`);
      for (const [server, taken] of samples) {
        const perSecond = median(taken.map((sample) => sample.perSecond));
        const microseconds = median(taken.map((sample) => sample.microseconds));
        console.log(
          `  ${server.name.padEnd(36)} ${perSecond.toFixed(0).padStart(7)} requests/s ${microseconds.toFixed(1).padStart(6)} µs of CPU a request`,
        );
      }
    }
  } finally {
    // With those that it started: npm's deno is a process that starts the real one.
    for (const { child } of servers) process.kill(-(child.pid ?? 0));
  }
}
