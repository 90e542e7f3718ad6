/**
 * One client under measurement, a process of its own. Reads orders from standard input, a line each, and answers each with a line:
 * the CPU time of the process and the time that it took, both in microseconds.
 *
 * Usage: client.ts PEER URL
 */
import { createInterface } from "node:readline";
import { PEERS } from "./peers.ts";

/** What may be ordered. */
export interface Order {
  readonly what: "whole" | "streamed" | "large" | "at-once";
  readonly times: number;
}

const LARGE_PROMPT = 'a "prompt" of a megabyte,\nwith a code block; '.repeat(23_000);
const [name = "", url = ""] = process.argv.slice(2);

const before = process.cpuUsage();
const peer = await PEERS[name]?.(url);
if (peer === undefined) throw new Error(`There is no client ${JSON.stringify(name)}`);
const loaded = process.cpuUsage(before);
console.log(JSON.stringify({ startMicroseconds: loaded.user + loaded.system }));

const RUN: Readonly<Record<Order["what"], (times: number) => Promise<unknown>>> = {
  whole: (times) => repeat(times, () => peer.whole("Hello")),
  streamed: (times) => repeat(times, () => peer.streamed("Hello")),
  large: (times) => repeat(times, () => peer.whole(LARGE_PROMPT)),
  "at-once": (times) => Promise.all(Array.from({ length: times }, () => peer.streamed("Hello"))),
};

async function repeat(times: number, run: () => Promise<unknown>): Promise<void> {
  for (let time = 0; time < times; time++) await run();
}

for await (const line of createInterface({ input: process.stdin })) {
  const { what, times } = JSON.parse(line) as Order;
  const cpu = process.cpuUsage();
  const start = performance.now();
  await RUN[what](times);
  const { user, system } = process.cpuUsage(cpu);
  const wallMicroseconds = (performance.now() - start) * 1000;
  console.log(JSON.stringify({ cpuMicroseconds: (user + system) / times, wallMicroseconds: wallMicroseconds / times }));
}
process.exit(0);
