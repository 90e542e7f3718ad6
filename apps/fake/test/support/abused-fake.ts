/**
 * A fake in a process of its own, so that its memory can be measured.
 *
 * Usage: abused-fake.ts HTTP. Prints its URL, then answers each line on
 * standard input with a line of JSON: `state` with {@link FakeState}, `release`
 * lets the streams that are held go on. A request with the header `x-hold` is
 * answered with a stream that is held half-way.
 */
import { createInterface } from "node:readline";
import { createFakeCore, serve } from "../../src/server.ts";

/** What the process says of itself. */
export interface FakeState {
  /** Memory, in bytes, behind a collection of garbage. */
  readonly residentBytes: number;
  /** What of it is in use, in bytes: resident memory holds what was freed too, for as long as the allocator likes. */
  readonly liveBytes: number;
  /** Requests that reached the fake. */
  readonly handled: number;
  /** Exchanges that the journal counted. */
  readonly recorded: number;
}

const text = new TextEncoder();
const core = createFakeCore();
let handled = 0;
let release = (): void => {};
let held = new Promise<void>((resolve) => (release = resolve));

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

const { url } = await serve(
  {
    ...core,
    handle: async (request) => {
      if (request.headers.some(([name]) => name.toLowerCase() === "x-hold")) {
        return { status: 200, headers: [["content-type", "text/event-stream"]], body: holdHalfWay() };
      }
      handled++;
      return core.handle(request);
    },
  },
  { port: 0, http: process.argv[2] === "1" ? "1" : "auto" },
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
  const state: FakeState = {
    residentBytes: rss,
    liveBytes: heapUsed + external,
    handled,
    recorded: core.journal.total,
  };
  console.log(JSON.stringify(state));
}
process.exit(0);
