import {
  ClaudeEventDecoder,
  type ClaudeEvent,
  type ClaudeFraming,
  type ClaudeMessage,
} from "@claude-on-aws/streaming/claude";
import { describe, expect, test } from "vitest";
import { streamBody } from "./stream-body.ts";
import { type Framing, streamFrames, wholeStream } from "./stream-frames.ts";

const MESSAGE: ClaudeMessage = {
  id: "msg_1",
  type: "message",
  role: "assistant",
  model: "claude-sonnet-4-6",
  content: [
    { type: "thinking", thinking: "The user wants to know the weather.", signature: "c2lnbmF0dXJl" },
    { type: "redacted_thinking", data: "cmVkYWN0ZWQ=" },
    { type: "text", text: "I look it up — 👩‍🚀 — at once, in several pieces" },
    { type: "tool_use", id: "toolu_1", name: "get_weather", input: { city: "Paris", days: [1, 2, 3] } },
    { type: "tool_use", id: "toolu_2", name: "now", input: {} },
  ],
  stop_reason: "tool_use",
  stop_sequence: null,
  usage: { input_tokens: 7, output_tokens: 9, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 },
};

const FRAMINGS: readonly (readonly [Framing, ClaudeFraming])[] = [
  ["sse", "sse"],
  ["invoke-model", "event-stream"],
  ["converse", "event-stream"],
];

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

describe.each(FRAMINGS)("streamFrames() as %s", (framing, decoded) => {
  const frames = streamFrames(MESSAGE, framing, 12);

  test("says the whole message, in pieces", () => {
    const events: ClaudeEvent[] = [];
    const decoder = new ClaudeEventDecoder((event) => events.push(event), {
      framing: decoded,
      messageId: MESSAGE.id,
      model: MESSAGE.model,
    });
    const body = streamBody(frames, framing, {});
    expect(body).toBeInstanceOf(Uint8Array);
    decoder.feed(body as Uint8Array);
    decoder.end();

    expect(decoder.partialMessage).toEqual(MESSAGE);
    const deltas = events.filter(({ type }) => type === "content_block_delta");
    expect(deltas.length).toBeGreaterThan(8);
  });

  test("is the same bytes at once as frame by frame", () => {
    const whole = Buffer.concat(wholeStream(MESSAGE, framing, 12));
    expect(Buffer.compare(whole, streamBody(frames, framing, {}) as Uint8Array)).toBe(0);
  });

  const fed = (plan: Parameters<typeof streamBody>[2]): unknown => {
    const decoder = new ClaudeEventDecoder(() => {}, { framing: decoded });
    try {
      decoder.feed(streamBody(frames, framing, plan) as Uint8Array);
      decoder.end();
      return undefined;
    } catch (error) {
      return error;
    }
  };
  const exception = { name: "throttlingException", errorType: "rate_limit_error", message: "Slow down" };

  test.each([0, 3, 1_000])("breaks off after %i events, or before the last", (afterEvents) => {
    expect(fed({ change: { kind: "exception", afterEvents, exception } })).toMatchObject({
      code: "STREAM_EXCEPTION",
      errorType: "rate_limit_error",
      originalMessage: "Slow down",
    });
  });

  test("ends without its end", () => {
    expect(fed({ change: { kind: "end", afterEvents: 5 } })).toMatchObject({ code: "STREAM_TRUNCATED" });
    expect(fed({ change: { kind: "end" } })).toMatchObject({ code: "STREAM_TRUNCATED" });
    expect(streamBody(frames, framing, { change: { kind: "end", afterEvents: 0 } })).toEqual(new Uint8Array());
  });

  test("comes in as many pieces as it has events where it is paced", async () => {
    const body = streamBody(frames, framing, { eventDelayMs: 0.001 }) as AsyncIterable<Uint8Array>;
    const pieces = await collect(body);

    expect(pieces).toHaveLength(frames.length);
    expect(Buffer.concat(pieces).equals(streamBody(frames, framing, {}) as Uint8Array)).toBe(true);
  });
});
