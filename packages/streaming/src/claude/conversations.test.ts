import { describe, expect, test } from "vitest";
import { eventStreamResponse, sseResponse } from "../../test/bodies.ts";
import { CONVERSATIONS, jsonsOf, WHOLE_CONVERSATIONS } from "../../test/conversations.ts";
import { cutAtRandom, Random } from "../../test/random.ts";
import {
  ClaudeEventDecoder,
  ClaudeEventEncoderStream,
  decodeClaudeEvents,
  encodeClaudeEvent,
  eventStreamToSse,
  messageFromEvents,
  sseToEventStream,
  type ClaudeEvent,
  type ClaudeFraming,
} from "./index.ts";

const ENCODER = new TextEncoder();

function decode(framing: ClaudeFraming, chunks: readonly Uint8Array[]): { jsons: unknown[]; error: unknown } {
  const jsons: unknown[] = [];
  const decoder = new ClaudeEventDecoder((_, json) => jsons.push(json), { framing });
  try {
    for (const chunk of chunks) decoder.feed(chunk);
    decoder.end();
  } catch (error) {
    return { jsons, error };
  }
  return { jsons, error: undefined };
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("messageFromEvents()", () => {
  test.each(WHOLE_CONVERSATIONS)("adds up $name from the Messages API", async ({ sse, message }) => {
    expect(await messageFromEvents(decodeClaudeEvents(sseResponse(sse)))).toEqual(message);
  });

  test.each(WHOLE_CONVERSATIONS)("adds up $name from Bedrock", async ({ sse, message }) => {
    expect(await messageFromEvents(decodeClaudeEvents(sseToEventStream(sseResponse(sse))))).toEqual(message);
  });

  test.each(CONVERSATIONS.filter(({ error }) => error))("fails with $name, and what had come", async (conversation) => {
    const { sse, error, partialMessage } = conversation;
    expect(await failureOf(messageFromEvents(decodeClaudeEvents(sseResponse(sse))))).toMatchObject({
      ...error,
      partialMessage: partialMessage ?? undefined,
    });
  });

  test.each(CONVERSATIONS.filter(({ error }) => error))("fails with $name through Bedrock", async (conversation) => {
    const { sse, error, partialMessage } = conversation;
    const found = await failureOf(messageFromEvents(decodeClaudeEvents(sseToEventStream(sseResponse(sse)))));
    const { status: _, ...expected } = error!;
    expect(found).toMatchObject({ ...expected, partialMessage: partialMessage ?? undefined });
  });
});

describe("sseToEventStream() and eventStreamToSse()", () => {
  test.each(CONVERSATIONS)("carry $name there and back without loss", async ({ sse }) => {
    expect(await eventStreamToSse(sseToEventStream(sseResponse(sse))).text()).toBe(sse);
  });
});

describe("ClaudeEventDecoder", () => {
  test.each(CONVERSATIONS)("reads $name, whatever way it is cut", async (conversation) => {
    const { sse, error } = conversation;
    const jsons = jsonsOf(conversation).filter((json) => !json.startsWith('{"type":"error"'));
    const eventStream = new Uint8Array(await sseToEventStream(sseResponse(sse)).arrayBuffer());
    const random = new Random(11);
    for (const [framing, bytes] of [
      ["sse", ENCODER.encode(sse)],
      ["event-stream", eventStream],
    ] as const) {
      const cuts = Array.from({ length: 20 }, () => cutAtRandom(bytes, 1 + random.below(30), random));
      for (const chunks of [[bytes], Array.from(bytes, (byte) => new Uint8Array([byte])), ...cuts]) {
        const result = decode(framing, chunks);
        expect(result.jsons).toEqual(jsons);
        if (error === undefined) expect(result.error).toBeUndefined();
        else expect(result.error).toMatchObject({ code: error["code"], originalMessage: error["originalMessage"] });
      }
    }
  });

  test.each(WHOLE_CONVERSATIONS)("refuses $name wherever it ends too soon", async ({ sse }) => {
    const eventStream = new Uint8Array(await sseToEventStream(sseResponse(sse)).arrayBuffer());
    for (const [framing, bytes] of [
      ["sse", ENCODER.encode(sse)],
      ["event-stream", eventStream],
    ] as const) {
      for (let length = 0; length < bytes.length; length += 1 + (length % 5)) {
        const { code } = decode(framing, [bytes.subarray(0, length)]).error as { code: string };
        expect(["FRAME_TRUNCATED", "SSE_TRUNCATED", "STREAM_TRUNCATED"]).toContain(code);
      }
    }
  });
});

describe("ClaudeEventEncoderStream", () => {
  test.each(WHOLE_CONVERSATIONS)("writes $name in each format", async (conversation) => {
    const events = jsonsOf(conversation).map((json) => JSON.parse(json) as ClaudeEvent);
    for (const [format, respond] of [
      ["sse", sseResponse],
      ["invoke", eventStreamResponse],
    ] as const) {
      const encoder = new ClaudeEventEncoderStream({ format });
      const writer = encoder.writable.getWriter();
      for (const event of events) void writer.write(event);
      void writer.close();
      const read: ClaudeEvent[] = [];
      for await (const event of decodeClaudeEvents(respond(encoder.readable))) read.push(event);
      expect(read).toEqual(events);
    }
  });

  test("encodeClaudeEvent() pads a chunk where told, and the padding is passed over", () => {
    const ping: ClaudeEvent = { type: "ping" };
    const padded = encodeClaudeEvent(ping, { padding: 'ab"c' });
    expect(padded.length).toBeGreaterThan(encodeClaudeEvent(ping).length);
    expect(decode("event-stream", [padded])).toMatchObject({ jsons: ['{"type":"ping"}'] });
  });
});
