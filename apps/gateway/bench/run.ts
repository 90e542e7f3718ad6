/**
 * The gateway beside the floor, the least that a signing proxy does on the same runtime: processor time a request, the time that each adds
 * to what the upstream takes, open streams at once, and what a client holds that reads nothing. In turns, against one upstream.
 *
 * Usage: run.ts [--rounds 5] [--times 400] [--streams 2000] [--only Node] [--no-slow]
 *   [--before DIR: the gateway of another checkout too]
 */
import { type ChildProcess, spawn } from "node:child_process";
import { Agent, type IncomingMessage, request } from "node:http";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { TOKEN } from "./terms.ts";

const RUNTIMES = { Node: ["node"], Bun: ["bun"], Deno: ["deno", "run", "-A"] } as const;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    times: { type: "string", default: "400" },
    streams: { type: "string", default: "2000" },
    "no-slow": { type: "boolean", default: false },
    before: { type: "string" },
    only: { type: "string", multiple: true, default: [] },
  },
});
const [rounds, times, streams] = [Number(values.rounds), Number(values.times), Number(values.streams)];

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

interface Used {
  readonly cpuMicroseconds: number;
  readonly rss: number;
}

/** A process under measurement, which prints its port and what it used. */
class Server {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  port = 0;

  constructor(command: readonly string[]) {
    const [program = "", ...args] = command;
    this.#child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
    if (this.#child.stdout === null) throw new Error(`Cannot start ${program}`);
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  async start(): Promise<this> {
    this.port = Number(await this.#read());
    return this;
  }

  async used(): Promise<Used> {
    this.#child.stdin?.write("\n");
    return JSON.parse(await this.#read()) as Used;
  }

  stop(): void {
    this.#child.stdin?.end();
    this.#child.kill();
  }

  async #read(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error("A process under measurement ended");
    return value;
  }
}

const start = (command: readonly string[]): Promise<Server> => new Server(command).start();

const PROMPT = "x".repeat(10_000);
const bodyOf = (isStream: boolean): string =>
  JSON.stringify({
    model: "claude-haiku-4-5-20251001",
    max_tokens: 100,
    messages: [{ role: "user", content: PROMPT }],
    ...(isStream && { stream: true }),
  });
const BODIES = { JSON: bodyOf(false), SSE: bodyOf(true) } as const;

/** So many that what a runtime takes for itself does not count. */
const SLOW_READERS = 32;
const WARM_UP_BYTES = 1_000_000;

const agent = new Agent({ keepAlive: true, maxSockets: 10_000, scheduling: "lifo" });

function ask(port: number, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = {
      "content-type": "application/json",
      "content-length": body.length,
      authorization: `Bearer ${TOKEN}`,
      "anthropic-version": "2023-06-01",
      "anthropic-beta": "claude-code-20250219,interleaved-thinking-2025-05-14",
      "user-agent": "claude-cli/2.1.332 (external, cli)",
      "x-claude-code-session-id": "11111111-2222-3333-4444-555555555555",
    };
    const options = { host: "127.0.0.1", port, path: "/v1/messages", method: "POST", agent, headers };
    request(options, resolve).on("error", reject).end(body);
  });
}

const end = (response: IncomingMessage): Promise<void> =>
  new Promise((resolve, reject) => {
    response.on("error", reject);
    response.on("end", resolve);
    response.resume();
  });

const median = (all: readonly number[]): number => all.toSorted((a, b) => a - b)[all.length >> 1] ?? Number.NaN;

/** Sends requests one after the other; gives the median time of one, in milliseconds. */
async function series(port: number, body: string, count: number): Promise<number> {
  const taken: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const began = performance.now();
    const response = await ask(port, body);
    await end(response);
    if (response.statusCode !== 200) throw new Error(`Cannot measure: answered ${response.statusCode}`);
    taken.push(performance.now() - began);
  }
  return median(taken);
}

async function compare(runtime: string, command: readonly string[]): Promise<void> {
  const upstream = await start(["node", file("upstream.ts"), "0"]);
  const url = `http://127.0.0.1:${upstream.port}`;
  const servers: Record<string, Server> = {
    floor: await start([...command, file("server.ts"), "floor", url]),
    gateway: await start([...command, file("server.ts"), "gateway", url]),
  };
  if (values.before !== undefined) {
    const program = join(values.before, "apps/gateway/bench/server.ts");
    servers["before"] = await start([...command, program, "gateway", url]);
  }
  for (const [form, body] of Object.entries(BODIES)) {
    const cpu: Record<string, number[]> = {};
    const time: Record<string, number[]> = {};
    for (const { port } of Object.values(servers)) await series(port, body, 3 * times);
    for (let round = 0; round < rounds; round += 1) {
      (time["direct"] ??= []).push(await series(upstream.port, body, times));
      for (const [name, server] of Object.entries(servers)) {
        const before = await server.used();
        (time[name] ??= []).push(await series(server.port, body, times));
        (cpu[name] ??= []).push(((await server.used()).cpuMicroseconds - before.cpuMicroseconds) / times);
      }
    }
    const cost = (name: string): number => median(cpu[name] ?? []);
    const added = (name: string): string => (median(time[name] ?? []) - median(time["direct"] ?? [])).toFixed(2);
    const figures = Object.keys(servers).map(
      (name) => `${name} ${cost(name).toFixed(0)} µs (${(cost(name) / cost("floor")).toFixed(2)}), ${added(name)} ms`,
    );
    console.log(`${runtime.padEnd(5)} ${form.padEnd(5)} CPU a request (of the floor's), added: ${figures.join("; ")}`);
  }
  for (const server of [...Object.values(servers), upstream]) server.stop();
}

/** Opens streams that all go on only when the last one is open. */
async function openStreams(runtime: string, command: readonly string[], kind: string): Promise<number> {
  const upstream = await start(["node", file("upstream.ts"), String(streams)]);
  const server = await start([...command, file("server.ts"), kind, `http://127.0.0.1:${upstream.port}`]);
  const before = await server.used();
  const began = performance.now();
  const responses = await Promise.all(Array.from({ length: streams }, () => ask(server.port, BODIES.SSE)));
  const opened = performance.now() - began;
  const { rss } = await server.used();
  await Promise.all(responses.map(end));
  const grown = (rss - before.rss) / 1e6;
  console.log(
    `${runtime.padEnd(5)} ${kind}: ${streams} streams at once, all open after ${(opened / 1000).toFixed(1)} s, ${(rss / 1e6).toFixed(0)} MB (${grown.toFixed(0)} MB more than before)`,
  );
  for (const each of [server, upstream]) each.stop();
  return rss;
}

/** Resolves when a server has nothing left to do: all buffers between both ends are full. */
async function stalled(server: Server): Promise<Used> {
  for (let before = await server.used(); ;) {
    await setTimeout(500);
    const used = await server.used();
    if (used.cpuMicroseconds - before.cpuMicroseconds < 10_000) return used;
    before = used;
  }
}

/** What a server holds for clients that read nothing of a stream of 300 MB; others have read the beginning of theirs, and left, before. */
async function holdForSlowReaders(runtime: string, command: readonly string[], kind: string): Promise<void> {
  const upstream = await start(["node", file("upstream.ts"), "flood"]);
  const server = await start([...command, file("server.ts"), kind, `http://127.0.0.1:${upstream.port}`]);
  // One after the other: garbage of many at once would make room for what is held later.
  for (let at = 0; at < SLOW_READERS; at += 1) {
    const response = await ask(server.port, BODIES.SSE);
    let left = WARM_UP_BYTES;
    for await (const bytes of response) if ((left -= (bytes as Buffer).length) < 0) break;
  }
  const before = await stalled(server);
  const responses = await Promise.all(Array.from({ length: SLOW_READERS }, () => ask(server.port, BODIES.SSE)));
  const { rss } = await stalled(server);
  const each = (rss - before.rss) / SLOW_READERS / 1e6;
  console.log(
    `${runtime.padEnd(5)} ${kind}: ${each.toFixed(2)} MB more for each of ${SLOW_READERS} clients that read nothing of 300 MB (${(before.rss / 1e6).toFixed(0)} MB before)`,
  );
  for (const response of responses) response.destroy();
  for (const one of [server, upstream]) one.stop();
}

for (const [runtime, command] of Object.entries(RUNTIMES)) {
  if (values.only.length > 0 && !values.only.includes(runtime)) continue;
  if (rounds > 0) await compare(runtime, command);
  if (!values["no-slow"]) {
    for (const kind of ["floor", "gateway"]) await holdForSlowReaders(runtime, command, kind);
  }
  if (streams === 0) continue;
  const gateway = await openStreams(runtime, command, "gateway");
  // The floor of Bun cannot: its fetch sends 256 at once.
  if (runtime === "Bun") continue;
  const floor = await openStreams(runtime, command, "floor");
  console.log(`${runtime.padEnd(5)} memory with ${streams} streams: ${(gateway / floor).toFixed(2)} of the floor's`);
}
agent.destroy();
