/**
 * A server in a process of its own, so that its memory can be measured.
 *
 * Usage: abused-server.ts HTTP, `auto` or `1`. Prints its URL, then answers each line on standard input with a line of
 * JSON: `state` with {@link ServerState}, `release` lets the streams that are held go on. A request with the header
 * `x-hold` is answered with a stream that is held half-way.
 */
import { createInterface } from "node:readline";
import { listen } from "../../src/index.ts";

/** What the process says of itself. */
export interface ServerState {
  /** Memory, in bytes, after a collection of garbage. */
  readonly residentBytes: number;
  /** What of it is in use, in bytes: resident memory holds what was freed too, for as long as the allocator likes. */
  readonly liveBytes: number;
  /** Exchanges that reached the handler. */
  readonly begun: number;
  /** Exchanges whose end was told. */
  readonly ended: number;
}

const text = new TextEncoder();
let begun = 0;
let ended = 0;
let release = (): void => {};
let held = new Promise<void>((resolve) => (release = resolve));
const onEnd = (): void => void ended++;

async function* holdHalfWay(): AsyncGenerator<Uint8Array> {
  yield text.encode("first,");
  await held;
  yield text.encode("last");
}

const collectGarbage = (): void => {
  const { Bun, gc } = globalThis as { Bun?: { gc(force: boolean): void }; gc?: () => void };
  Bun?.gc(true);
  gc?.();
};

const { url } = await listen(
  async (head, request) => {
    begun++;
    try {
      await request.read(10_000_000);
    } catch {
      return { status: 400, headers: [], body: text.encode("for nobody"), onEnd };
    }
    const isHeld = head.headers.some(([name]) => name.toLowerCase() === "x-hold");
    return { status: 200, headers: [], body: isHeld ? holdHalfWay() : text.encode("ok"), onEnd };
  },
  { http2: process.argv[2] !== "1" },
);
console.log(url);

for await (const line of createInterface({ input: process.stdin })) {
  if (line === "release") {
    release();
    held = new Promise((resolve) => (release = resolve));
  }
  collectGarbage();
  await new Promise((next) => setTimeout(next, 50));
  collectGarbage();
  const { rss, heapUsed, external } = process.memoryUsage();
  const state: ServerState = { residentBytes: rss, liveBytes: heapUsed + external, begun, ended };
  console.log(JSON.stringify(state));
}
process.exit(0);
