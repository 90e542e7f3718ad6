/**
 * What rows of a scenario cost: microseconds of a signed request handled in process, with one row and with 1,000, by what the
 * rows are told apart. A round takes
 * both in turn, and the ratio is the median of those of the rounds.
 *
 * ```sh
 * node apps/fake/bench/scenario.ts
 * bun apps/fake/bench/scenario.ts
 * deno run -A apps/fake/bench/scenario.ts
 * ```
 */
import { createFakeCore, type Scenario } from "../src/server.ts";
import { GOOD, sign, withBody } from "../test/support/requests.ts";
import { median } from "./median.ts";

const ROUNDS = 61;
const WARM_UP = 10;
const REQUESTS = 50;
const ROWS = 1000;

type Row = Scenario["replies"][number];

/** Of each kind, the last row is the one that answers. */
const KINDS: Readonly<Record<string, (index: number) => Row>> = {
  "a text": (index) => ({ when: { text: `what is the answer to question ${index}?` }, reply: { text: "42" } }),
  "a turn": (index) => ({ when: { turn: ROWS - index }, reply: { text: "42" } }),
  "a model": (index) => ({
    when: { model: index === ROWS - 1 ? "claude-sonnet-4-6" : `claude-${index}` },
    reply: { text: "42" },
  }),
  "a state": (index) => ({
    state: { was: index === ROWS - 1 ? "started" : `after ${index}` },
    reply: { text: "42" },
  }),
  "a pattern, which no index finds": (index) => ({
    when: { text: { pattern: `question ${index}\\?` } },
    reply: { text: "42" },
  }),
};

const { request, service } = GOOD["anthropic-aws"];
const LENGTHS = { "80 characters": 20, "10,000 characters": 9940 };

for (const [length, filling] of Object.entries(LENGTHS)) {
  const content = `${"Lorem ipsum dolor sit amet. ".repeat(filling / 28 + 1).slice(0, filling)} Well: what is the answer to question ${ROWS - 1}?`;
  const body = withBody(request(4242), { messages: [{ role: "user", content }] });
  const signed = { ...(await sign(body, service)), wire: "received" as const };
  const handle = (replies: readonly Row[]) => createFakeCore({ scenario: { replies } }).handle;
  for (const [kind, rowOf] of Object.entries(KINDS)) {
    const rows = Array.from({ length: ROWS }, (_, index) => rowOf(index));
    const sizes = { one: handle(rows.slice(-1)), all: handle(rows) };
    const times = { one: [] as number[], all: [] as number[] };
    const ratios: number[] = [];
    for (let round = 0; round < ROUNDS + WARM_UP; round++) {
      const taken = { one: 0, all: 0 };
      for (const size of round % 2 === 0 ? (["one", "all"] as const) : (["all", "one"] as const)) {
        const start = performance.now();
        for (let sent = 0; sent < REQUESTS; sent++) await sizes[size](signed);
        taken[size] = ((performance.now() - start) * 1000) / REQUESTS;
      }
      if (round < WARM_UP) continue;
      times.one.push(taken.one);
      times.all.push(taken.all);
      ratios.push(taken.all / taken.one);
    }
    const [one, all] = [median(times.one).toFixed(1), median(times.all).toFixed(1)];
    console.log(
      `${length}, rows told apart by ${kind}: 1 row ${one} µs, ${ROWS} rows ${all} µs, ratio ${median(ratios).toFixed(2)}`,
    );
  }
}
