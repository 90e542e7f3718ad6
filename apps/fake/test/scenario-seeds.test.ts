import { ClaudeEventDecoder } from "@claude-on-aws/streaming/claude";
import { describe, expect, test } from "vitest";
import { createFakeCore, type FakeCore } from "../src/create/fake-core.ts";
import { serve } from "../src/server.ts";
import type { ScenarioRow } from "../src/settings/scenario/scenario-row.ts";
import { keyedRequest } from "./support/keyed-request.ts";
import { ManualTimers } from "./support/manual-timers.ts";

// What a seed gives is written down here, and every runtime runs this test: a scenario that somebody shares, with the seed with
// which it failed, fails everywhere alike, and after an update too.

const SEED = 20_261_130;
const BODY = { model: "claude-sonnet-4-6", max_tokens: 64, messages: [{ role: "user", content: "How is it?" }] };

const played = (row: ScenarioRow, timers = new ManualTimers()): FakeCore =>
  createFakeCore({ timers, scenario: { replies: [row] } });

const THROTTLED: ScenarioRow = {
  reply: { text: "It rains." },
  fault: { kind: "throttle", probability: 0.3, seed: SEED },
};
/** Which of forty requests it strikes. */
const STATUSES = "......x......x.x.x.....x..x....x.xxx..x.";

/** Asks many times, one after the other. */
async function statusesOf(ask: () => Promise<number>): Promise<string> {
  const statuses: string[] = [];
  for (let asked = 0; asked < 40; asked++) statuses.push((await ask()) === 200 ? "." : "x");
  return statuses.join("");
}

describe("the seed of a scenario, on every runtime,", () => {
  test("decides alike which requests a fault strikes", async () => {
    const fake = played(THROTTLED);
    expect(await statusesOf(async () => (await fake.handle(keyedRequest("/v1/messages", BODY))).status)).toBe(STATUSES);
  });

  test("and so it does on the wire", async () => {
    const server = await serve(played(THROTTLED), { port: 0 });
    const { headers, target } = keyedRequest("/v1/messages", BODY);
    const ask = async (): Promise<number> => {
      const init = { method: "POST", body: JSON.stringify(BODY), headers: headers.filter(([name]) => name !== "host") };
      const response = await fetch(server.url + target, init as RequestInit);
      await response.arrayBuffer();
      return response.status;
    };
    try {
      expect(await statusesOf(ask)).toBe(STATUSES);
    } finally {
      await server.close();
    }
  });

  test("cuts a body at the same places", async () => {
    const fake = played({ reply: { text: "It rains." }, fault: { kind: "slice", maxBytes: 90, seed: SEED } });
    const { body } = await fake.handle(keyedRequest("/v1/messages", BODY));
    const lengths: number[] = [];
    for await (const piece of body as AsyncIterable<Uint8Array>) lengths.push(piece.length);

    expect(lengths.slice(0, 5)).toEqual([46, 41, 45, 28, 36]);
  });

  test("makes the same gaps in a stream", async () => {
    const timers = new ManualTimers();
    const timing = { firstTokenMs: 100, tokensPerSecond: 20, jitter: 0.5, seed: SEED };
    const fake = played({ reply: { text: "word".repeat(8) }, timing }, timers);
    const read = async (): Promise<number[]> => {
      const { body } = await fake.handle(keyedRequest("/v1/messages", { ...BODY, stream: true }));
      const came: number[] = [];
      const decoder = new ClaudeEventDecoder(
        ({ type }) => void (type === "content_block_delta" && came.push(Math.round(timers.now()))),
        { framing: "sse" },
      );
      for await (const chunk of body as AsyncIterable<Uint8Array>) decoder.feed(chunk);
      return came;
    };

    expect(await timers.runUntil(read())).toEqual([100, 150, 198, 248, 288, 333, 385, 418]);
  });
});
