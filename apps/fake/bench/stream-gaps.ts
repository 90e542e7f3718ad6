/**
 * How even the pieces of timed streams come: median and 99th percentile of the gaps between two of them, over sockets, beside
 * a bare server with the same schedule, and what a token costs. Each server has one core to itself, where the system can do that.
 *
 * ```sh
 * node apps/fake/bench/stream-gaps.ts
 * ```
 */
import { request as open, Agent } from "node:http";
import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import { GOOD, sign, withBody } from "../test/support/requests.ts";
import { startServer } from "./server-process.ts";

const STREAMS = 200;
const TOKENS = 100;
const TOKENS_PER_SECOND = 50;
const ROUNDS = 3;
const SERVERS = ["timed-bare", "timed-fake"];

const agent = new Agent({ keepAlive: true, maxSockets: STREAMS });
const HIGH = 0.99;
const at = (sorted: readonly number[], share: number): string =>
  (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);

/** The gaps between the text deltas of one stream, in milliseconds. */
function gapsOf(port: number, signed: WireRequest): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const headers = signed.headers.flatMap(([name, value]) => [name, value]);
    const sent = open({ port, agent, method: "POST", path: signed.target, headers }, (response) => {
      const times: number[] = [];
      response.on("data", (chunk: Buffer) => {
        for (let from = chunk.indexOf("text_delta"); from >= 0; from = chunk.indexOf("text_delta", from + 1)) {
          times.push(performance.now());
        }
      });
      response.on("end", () => {
        if (times.length !== TOKENS) return reject(new Error(`${times.length} of ${TOKENS} tokens came`));
        resolve(times.slice(1).map((time, index) => time - (times[index] ?? 0)));
      });
      response.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(signed.body);
  });
}

const { request, service } = GOOD["anthropic-aws"];
const servers = await Promise.all(
  SERVERS.map((name) =>
    startServer(name, [
      process.execPath,
      new URL(`servers/${name}.ts`, import.meta.url).pathname,
      String(TOKENS),
      String(TOKENS_PER_SECOND),
    ]),
  ),
);
for (let round = 0; round < ROUNDS; round++) {
  for (const { name, port, cpuMicroseconds } of servers) {
    const signed = await sign(withBody(request(port), { stream: true, max_tokens: 1000 }), service);
    const before = cpuMicroseconds();
    const gaps = (await Promise.all(Array.from({ length: STREAMS }, () => gapsOf(port, signed)))).flat();
    const sorted = gaps.toSorted((one, other) => one - other);
    console.log(
      `${STREAMS} streams at ${TOKENS_PER_SECOND} tokens a second, ${name}: median gap ${at(sorted, 0.5)} ms, 99th percentile ${at(sorted, HIGH)} ms, ${((cpuMicroseconds() - before) / STREAMS / TOKENS).toFixed(1)} µs of CPU time a token`,
    );
  }
}
for (const server of servers) server.stop();
agent.destroy();
