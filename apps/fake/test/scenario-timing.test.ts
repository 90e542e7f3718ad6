import { ClaudeEventDecoder } from "@claude-on-aws/streaming/claude";
import { describe, expect, test } from "vitest";
import { createFakeCore, type FakeCore } from "../src/create/fake-core.ts";
import { parseScenario } from "../src/scenario/read/parse-scenario.ts";
import type { ScenarioMessage } from "../src/settings/scenario/scenario-reply.ts";
import type { ScenarioRow } from "../src/settings/scenario/scenario-row.ts";
import { ManualTimers } from "./support/manual-timers.ts";
import { askFor, MESSAGE_FORMS, readMessage, type TestedForm } from "./support/message-forms.ts";

const STREAMS = MESSAGE_FORMS.filter((form) => form.endsWith("stream"));

interface Piece {
  readonly text: string;
  /** Milliseconds since the request. */
  readonly at: number;
}

/** Reads the texts of a stream, and when each came. */
async function readPieces(fake: FakeCore, form: TestedForm, timers: ManualTimers): Promise<Piece[]> {
  const start = timers.now();
  const { body } = await askFor(fake, form);
  const pieces: Piece[] = [];
  const decoder = new ClaudeEventDecoder(
    (event) => {
      if (event.type !== "content_block_delta" || event.delta.type !== "text_delta") return;
      pieces.push({ text: event.delta.text, at: timers.now() - start });
    },
    { framing: form === "message-stream" ? "sse" : "event-stream" },
  );
  for await (const chunk of body as AsyncIterable<Uint8Array>) decoder.feed(chunk);
  decoder.end();
  return pieces;
}

function timed(row: ScenarioRow): { readonly fake: FakeCore; readonly timers: ManualTimers } {
  const timers = new ManualTimers();
  return { timers, fake: createFakeCore({ timers, scenario: { replies: [row] } }) };
}

async function piecesOf(row: ScenarioRow, form: TestedForm = "message-stream"): Promise<Piece[]> {
  const { fake, timers } = timed(row);
  const read = readPieces(fake, form, timers);
  return timers.runUntil(read);
}

describe("timing", () => {
  test.each(STREAMS)("gives each token when it is due, as %s", async (form) => {
    const pieces = await piecesOf(
      { reply: { text: "abcdefghijkl🌧m" }, timing: { firstTokenMs: 300, tokensPerSecond: 50 } },
      form,
    );
    expect(pieces).toEqual(["abcd", "efgh", "ijkl", "🌧", "m"].map((text, index) => ({ text, at: 300 + 20 * index })));
  });

  test("is exact for 200 streams at once", async () => {
    const { fake, timers } = timed({
      reply: { text: "word".repeat(100) },
      timing: { firstTokenMs: 300, tokensPerSecond: 50 },
    });
    const streams = Array.from({ length: 200 }, () => readPieces(fake, "message-stream", timers));
    const all = await timers.runUntil(Promise.all(streams));
    const due = Array.from({ length: 100 }, (_, index) => 300 + 20 * index);
    for (const pieces of all) expect(pieces.map(({ at }) => at)).toEqual(due);
  });

  test("gives exact chunks, alone or of a text", async () => {
    const chunks = ["It ", "rai", "ns."];
    const timing = { chunks, tokensPerSecond: 10 };
    const expected = [
      { text: "It ", at: 0 },
      { text: "rai", at: 100 },
      { text: "ns.", at: 200 },
    ];
    expect(await piecesOf({ timing })).toEqual(expected);
    expect(await piecesOf({ reply: { text: "It rains." }, timing }, "converse-stream")).toEqual(expected);
  });

  test("jitters within bounds, and alike for the same seed", async () => {
    const row = (seed: number): ScenarioRow => ({
      reply: { text: "word".repeat(60) },
      timing: { tokensPerSecond: 50, jitter: 0.5, seed },
    });
    const [once, again, other] = [await piecesOf(row(1)), await piecesOf(row(1)), await piecesOf(row(2))];
    const gaps = once.slice(1).map(({ at }, index) => at - (once[index]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(10);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(30);
    expect(new Set(gaps.map(Math.round)).size).toBeGreaterThan(5);
    expect(again).toEqual(once);
    expect(other).not.toEqual(once);
  });

  test.each(MESSAGE_FORMS.filter((form) => !form.endsWith("stream")))(
    "lets %s come when the last token would have",
    async (form) => {
      const { fake, timers } = timed({
        reply: { text: "abcdefgh" },
        timing: { firstTokenMs: 500, tokensPerSecond: 4 },
      });
      const reply = await timers.runUntil(askFor(fake, form));
      expect(timers.now()).toBe(750);
      expect((await readMessage(reply, form)).content).toEqual([{ type: "text", text: "abcdefgh" }]);
    },
  );

  test("cuts what is long into a bounded number of pieces", async () => {
    const pieces = await piecesOf({ reply: { text: "word".repeat(20_000) }, timing: { tokensPerSecond: 1000 } });
    expect(pieces.length).toBeLessThanOrEqual(4096);
    expect(pieces.at(-1)?.at).toBeCloseTo(20_000, -2);
  });

  test("ends its waiting where the client leaves", async () => {
    const { fake, timers } = timed({ reply: { text: "abcdefgh" }, timing: { tokensPerSecond: 0.01 } });
    const { body } = await askFor(fake, "message-stream");
    const pieces = (body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    while (timers.waiting === 0) void pieces.next();
    await pieces.return?.();
    expect(timers.waiting).toBe(0);
  });

  const cases: readonly (readonly [found: string, reply: ScenarioMessage])[] = [
    ['chunks that add up to "It rains."', { text: "It snows." }],
    ["eventDelayMs beside timing", { text: "It rains.", eventDelayMs: 1 }],
    ["2 blocks of text", { content: ["It ", "rains."].map((text) => ({ type: "text", text })) }],
    ['chunks that add up to "It rains."', { toolCall: { name: "look" } }],
  ];
  test.each(cases)("is refused where it finds %s", async (found, reply) => {
    const timing = { chunks: ["It ", "rains."] };
    expect(() => parseScenario(JSON.stringify({ replies: [{ reply, timing }] }))).toThrow(
      expect.objectContaining({ code: "SCENARIO_VALUE", path: "replies[0].timing", found }),
    );
    const { status, body } = await askFor(createFakeCore({ scenario: { replies: [{ reply, timing }] } }), "message");
    expect([status, JSON.parse(new TextDecoder().decode(body as Uint8Array)).error.message]).toEqual([
      500,
      expect.stringContaining(found),
    ]);
  });
});
