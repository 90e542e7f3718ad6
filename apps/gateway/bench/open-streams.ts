import { ask, readToEnd } from "./requests.ts";
import { ENVIRONMENT, type RuntimeName, RUNTIMES } from "./runtimes.ts";
import { programPath, ServerProcess } from "./server-process.ts";

/** What many open streams took of a server. */
export interface StreamFigures {
  readonly runtime: RuntimeName;
  readonly kind: string;
  readonly streams: number;
  /** Until the last one was open, in milliseconds. */
  readonly openMs: number;
  /** Resident memory before, and with all of them open, in bytes. */
  readonly rss: readonly [before: number, open: number];
}

/** Opens streams that all go on only when the last one is open: if any of them waited for another to end, none would. */
export async function openStreams(runtime: RuntimeName, kind: string, streams: number): Promise<StreamFigures> {
  const upstream = await ServerProcess.start(["node", programPath("upstream.ts"), String(streams)]);
  const url = `http://127.0.0.1:${upstream.target.port}`;
  const server = await ServerProcess.start([...RUNTIMES[runtime], programPath("server.ts"), kind, url], ENVIRONMENT);
  try {
    const before = await server.used();
    const began = performance.now();
    const responses = await Promise.all(Array.from({ length: streams }, () => ask(server.target, "SSE")));
    const openMs = performance.now() - began;
    const { rss } = await server.used();
    await Promise.all(responses.map(readToEnd));
    return { runtime, kind, streams, openMs, rss: [before.rss, rss] };
  } finally {
    await server.stop();
    await upstream.stop();
  }
}

/** Says in a line what they took. */
export function printStreams({ runtime, kind, streams, openMs, rss: [before, open] }: StreamFigures): void {
  const words = `${streams} streams at once, all open after ${(openMs / 1_000).toFixed(1)} s`;
  const memory = `${(open / 1e6).toFixed(0)} MB (${((open - before) / 1e6).toFixed(0)} MB more than before)`;
  console.log(`${runtime.padEnd(5)} ${kind}: ${words}, ${memory}`);
}
