import { setTimeout } from "node:timers/promises";
import { ask } from "./requests.ts";
import { ENVIRONMENT, type RuntimeName, RUNTIMES } from "./runtimes.ts";
import { programPath, ServerProcess, type Used } from "./server-process.ts";

/** What clients that read nothing took of a server. */
export interface SlowFigures {
  readonly runtime: RuntimeName;
  readonly kind: string;
  readonly readers: number;
  /** For each, of resident memory, in bytes. */
  readonly each: number;
  /** Resident memory before, in bytes. */
  readonly before: number;
}

/** So many that what a runtime takes for itself does not count. */
const SLOW_READERS = 32;
const WARM_UP_BYTES = 1_000_000;

/** A server that uses less than this between two looks has nothing left to do. */
const IDLE_MICROSECONDS = 10_000;
const BETWEEN_LOOKS_MS = 500;

/** What a server holds for clients that read nothing of a stream of 300 MB; others have read the beginning of theirs, and left, before. */
export async function holdForSlowReaders(runtime: RuntimeName, kind: string): Promise<SlowFigures> {
  const upstream = await ServerProcess.start(["node", programPath("upstream.ts"), "flood"]);
  const url = `http://127.0.0.1:${upstream.target.port}`;
  const server = await ServerProcess.start([...RUNTIMES[runtime], programPath("server.ts"), kind, url], ENVIRONMENT);
  try {
    // One after the other: garbage of many at once would make room for what is held later.
    for (let at = 0; at < SLOW_READERS; at += 1) {
      const response = await ask(server.target, "SSE");
      let left = WARM_UP_BYTES;
      for await (const bytes of response) if ((left -= (bytes as Buffer).length) < 0) break;
    }
    const before = await stalled(server);
    const responses = await Promise.all(Array.from({ length: SLOW_READERS }, () => ask(server.target, "SSE")));
    const { rss } = await stalled(server);
    for (const response of responses) response.destroy();
    return { runtime, kind, readers: SLOW_READERS, each: (rss - before.rss) / SLOW_READERS, before: before.rss };
  } finally {
    await server.stop();
    await upstream.stop();
  }
}

/** Says in a line what they took. */
export function printSlowReaders({ runtime, kind, readers, each, before }: SlowFigures): void {
  const words = `${(each / 1e6).toFixed(2)} MB more for each of ${readers} clients that read nothing of 300 MB`;
  console.log(`${runtime.padEnd(5)} ${kind}: ${words} (${(before / 1e6).toFixed(0)} MB before)`);
}

/** Resolves when a server has nothing left to do: all buffers between both ends are full. */
async function stalled(server: ServerProcess): Promise<Used> {
  for (let before = await server.used(); ;) {
    await setTimeout(BETWEEN_LOOKS_MS);
    const used = await server.used();
    if (used.cpuMicroseconds - before.cpuMicroseconds < IDLE_MICROSECONDS) return used;
    before = used;
  }
}
