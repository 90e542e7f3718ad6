/**
 * `createFetch` beside the clients that people use for Amazon Bedrock, in one run: each a process of its own, in turns, against
 * one server that answers what was made before. Prints the CPU time of each, and its ratio to that of Anthropic's own client.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import type { Order } from "./client.ts";
import { type Cost, writeFigures } from "./figures.ts";
import { COMPARED, OWN, PEERS } from "./peers.ts";
import { RUNTIMES } from "./runtimes.ts";

const USAGE = `Usage: pnpm bench [options]

  --rounds NUMBER  rounds, of which the median counts (default 7)
  --only RUNTIME   only Node, Bun or Deno; may be repeated
  --peer TEXT      only the clients whose name holds this text; may be repeated
  --order TEXT     only what is measured under a name that holds this text; may be repeated
  --write-figures  keeps all of it for the README, in figures.json; pnpm write:documents puts it there`;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "7" },
    only: { type: "string", multiple: true, default: [] },
    peer: { type: "string", multiple: true, default: [] },
    order: { type: "string", multiple: true, default: [] },
    "write-figures": { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const isPart = values.only.length + values.peer.length + values.order.length > 0;
if (values["write-figures"] && isPart) {
  console.error("Cannot write figures of a part: leave --only, --peer and --order out");
  process.exit(2);
}
const rounds = Number(values.rounds);
const isAsked = (name: string, asked: readonly string[]): boolean =>
  asked.length === 0 || asked.some((part) => name.includes(part));
const peers = Object.keys(PEERS).filter((name) => isAsked(name, values.peer));

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Every client as one bundle: what is measured is its code, and not how its files are found and translated. */
const bundles = mkdtempSync(join(tmpdir(), "bench-fetch-"));
process.on("exit", () => rmSync(bundles, { recursive: true, force: true }));
await build({
  entryPoints: [file("client.ts")],
  outdir: bundles,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  mainFields: ["module", "main"],
  target: "es2023",
  banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  logLevel: "error",
});

/** What is measured, how often it is done before, so that it is compiled, and how much of it one round is. */
const ORDERS: readonly (Order & { readonly name: string; readonly before: number })[] = [
  { name: "a short message", what: "whole", before: 12_000, times: 300 },
  { name: "1,000 streamed tokens", what: "streamed", before: 300, times: 50 },
  { name: "a prompt of 1 MB", what: "large", before: 150, times: 20 },
];

/** Streams that are open at the same time before any of them ends. */
const AT_ONCE = 1_000;

type Measured = Readonly<Record<string, number>>;

class Worker {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(command: readonly string[]) {
    const [program = "", ...args] = command;
    this.#child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
    if (this.#child.stdout === null) throw new Error(`Cannot start ${program}`);
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  async read(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error("A process under measurement ended");
    return value;
  }

  async run(order: Order): Promise<Measured> {
    this.#child.stdin?.write(`${JSON.stringify(order)}\n`);
    return JSON.parse(await this.read()) as Measured;
  }

  stop(): void {
    this.#child.kill();
  }
}

async function startUpstream(hold: number): Promise<{ readonly url: string; readonly worker: Worker }> {
  const worker = new Worker([...RUNTIMES.Node, file("upstream.ts"), String(hold)]);
  return { url: `http://127.0.0.1:${await worker.read()}`, worker };
}

const median = (sorted: readonly number[]): number =>
  sorted.toSorted((a, b) => a - b)[sorted.length >> 1] ?? Number.NaN;

const costs: Cost[] = [];

function report(runtime: string, title: string, measured: ReadonlyMap<string, number>): void {
  costs.push({ runtime, title, milliseconds: Object.fromEntries(measured) });
  const peer = measured.get(COMPARED) ?? Number.NaN;
  console.log(`  ${title}: CPU`);
  for (const [name, value] of measured) {
    const ratio = name === COMPARED ? "" : `   ${(value / peer).toFixed(2)} of ${COMPARED}`;
    console.log(`    ${name.padEnd(38)} ${value.toFixed(3).padStart(8)} ms${ratio}`);
  }
}

/** In milliseconds, of what is in microseconds. */
const medians = (taken: ReadonlyMap<string, readonly number[]>): ReadonlyMap<string, number> =>
  new Map([...taken].map(([name, times]) => [name, median(times) / 1000]));

for (const [runtime, command] of Object.entries(RUNTIMES)) {
  if (!isAsked(runtime, values.only)) continue;
  console.log(`\n${runtime}`);
  const { url, worker: upstream } = await startUpstream(0);
  const starts = new Map<string, number[]>();
  const workers = new Map<string, Worker>();
  for (let round = 0; round < rounds; round++) {
    for (const name of peers) {
      workers.get(name)?.stop();
      const worker = new Worker([...command, join(bundles, "client.mjs"), name, url]);
      workers.set(name, worker);
      const { startMicroseconds = Number.NaN } = JSON.parse(await worker.read()) as Measured;
      starts.set(name, [...(starts.get(name) ?? []), startMicroseconds]);
    }
  }
  report(runtime, "import and construct", medians(starts));
  for (const { name: title, before, ...order } of ORDERS) {
    if (!isAsked(title, values.order)) continue;
    const taken = new Map<string, number[]>([...workers.keys()].map((name) => [name, []]));
    for (const worker of workers.values()) await worker.run({ ...order, times: before });
    for (let round = 0; round < rounds; round++) {
      for (const [name, worker] of workers) {
        const { cpuMicroseconds = Number.NaN } = await worker.run(order);
        taken.get(name)?.push(cpuMicroseconds);
      }
    }
    report(runtime, title, medians(taken));
  }
  for (const worker of workers.values()) worker.stop();
  upstream.stop();
  if (!isAsked("streams at once", values.order)) continue;

  const held = await startUpstream(AT_ONCE);
  const worker = new Worker([...command, join(bundles, "client.mjs"), OWN, held.url]);
  await worker.read();
  const { wallMicroseconds = Number.NaN } = await worker.run({ what: "at-once", times: AT_ONCE });
  console.log(
    `  ${AT_ONCE} streams at once, none ended before all were open: ${((wallMicroseconds * AT_ONCE) / 1e6).toFixed(1)} s`,
  );
  worker.stop();
  held.worker.stop();
}

if (values["write-figures"]) writeFigures(costs, rounds);
