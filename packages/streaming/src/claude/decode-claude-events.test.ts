import { describe, expect, test } from "vitest";
import { Body, eventStreamResponse, settle, sseResponse } from "../../test/bodies.ts";
import { CONVERSATIONS } from "../../test/conversations.ts";
import { ManualTimers } from "../../test/manual-timers.ts";
import {
  decodeClaudeEvents,
  encodeClaudeEvent,
  formatClaudeEvent,
  messageFromEvents,
  type ClaudeEvent,
} from "./index.ts";

const { sse: SSE } = CONVERSATIONS[0]!;
const EVENTS = SSE.split("\n\n")
  .filter(Boolean)
  .map((text) => `${text}\n\n`);

const START: ClaudeEvent = JSON.parse(EVENTS[0]!.split("data: ")[1]!) as ClaudeEvent;
const BLOCK: ClaudeEvent = { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } };
const DELTA: ClaudeEvent = {
  type: "content_block_delta",
  index: 0,
  delta: { type: "text_delta", text: "x".repeat(1000) },
};

describe("decodeClaudeEvents()", () => {
  test("decodeClaudeEvents() takes the framing from the content type, or as told", async () => {
    expect(() => decodeClaudeEvents(Response.json({}, { status: 429 }))).toThrow(
      expect.objectContaining({
        code: "CONTENT_TYPE",
        status: 429,
        message: expect.stringContaining("application/json"),
      }),
    );
    expect(() => decodeClaudeEvents(new Body([]).stream)).toThrow(expect.objectContaining({ code: "CONTENT_TYPE" }));
    expect(await messageFromEvents(decodeClaudeEvents(new Body([SSE]).stream, { framing: "sse" }))).toMatchObject({
      id: "msg_01",
    });
    const response = new Response(SSE, { headers: { "content-type": "Text/Event-Stream ; charset=utf-8" } });
    expect(await messageFromEvents(decodeClaudeEvents(response))).toMatchObject({ id: "msg_01" });
  });

  test("decodeClaudeEvents() reads an answer without body as one that ended too soon", async () => {
    const reader = decodeClaudeEvents(
      new Response(null, { headers: { "content-type": "text/event-stream" } }),
    ).getReader();
    await expect(reader.read()).rejects.toMatchObject({ code: "STREAM_TRUNCATED", partialMessage: undefined });
  });

  test("decodeClaudeEvents() gives the events before an error, then the error with what had come", async () => {
    const reader = decodeClaudeEvents(sseResponse(EVENTS.slice(0, 4).join(""))).getReader();
    for (let index = 0; index < 4; index++) expect((await reader.read()).done).toBe(false);
    await expect(reader.read()).rejects.toMatchObject({
      code: "STREAM_TRUNCATED",
      partialMessage: { id: "msg_01", content: [{ type: "text", text: "Hello" }], stop_reason: null },
    });
  });

  test("decodeClaudeEvents() takes from its source only what is asked of it", async () => {
    const body = new Body(EVENTS);
    const reader = decodeClaudeEvents(sseResponse(body.stream)).getReader();
    await settle();
    expect(body.taken).toBe(0);
    await reader.read();
    await settle();
    expect(body.taken).toBe(1);
  });

  test("decodeClaudeEvents() cancels its source where a loop over it is left", async () => {
    const body = new Body(EVENTS);
    for await (const { type } of decodeClaudeEvents(sseResponse(body.stream))) if (type === "ping") break;
    await settle();
    expect(body.taken).toBe(3);
    expect(body.isCancelled).toBe(true);
    const other = new Body(EVENTS);
    await decodeClaudeEvents(sseResponse(other.stream)).cancel("enough");
    expect(other.reason).toBe("enough");
  });

  test("decodeClaudeEvents() fails where its source is silent for too long, and cancels it", async () => {
    const timers = new ManualTimers();
    const body = new Body([EVENTS[0]!, new Promise<void>(() => undefined)]);
    const reader = decodeClaudeEvents(sseResponse(body.stream), { idleTimeoutMs: 1000, timers }).getReader();
    await reader.read();
    const failure = reader.read().catch((error: unknown) => error);
    await settle();
    timers.advance(1000);
    expect(await failure).toMatchObject({ code: "STREAM_IDLE", partialMessage: { id: "msg_01" } });
    expect(body.reason).toMatchObject({ code: "STREAM_IDLE" });
  });

  test("decodeClaudeEvents() does not count the time in which nothing is asked of it", async () => {
    const timers = new ManualTimers();
    const reader = decodeClaudeEvents(sseResponse(new Body(EVENTS).stream), {
      idleTimeoutMs: 1000,
      timers,
    }).getReader();
    for (let index = 0; index < EVENTS.length; index++) {
      expect((await reader.read()).done).toBe(false);
      expect(timers.pending).toBe(0);
      timers.advance(5000);
    }
    expect((await reader.read()).done).toBe(true);
  });

  test.each([
    ["sse", sseResponse, (event: ClaudeEvent) => new TextEncoder().encode(formatClaudeEvent(event))],
    ["event-stream", eventStreamResponse, (event: ClaudeEvent) => encodeClaudeEvent(event)],
  ] as const)("decodeClaudeEvents() holds no more the longer a stream in %s goes on", async (_, respond, encode) => {
    const chunk = encode(DELTA);
    function* endless(): Generator<Uint8Array> {
      yield encode(START);
      yield encode(BLOCK);
      for (;;) yield chunk.slice();
    }
    const body = new Body(endless());
    const reader = decodeClaudeEvents(respond(body.stream), { maxMessageLength: 100_000 }).getReader();
    const heap = async (events: number): Promise<number> => {
      for (let index = 0; index < events; index++) await reader.read();
      return process.memoryUsage().heapUsed;
    };
    const least = async (): Promise<number> => {
      let smallest = Number.POSITIVE_INFINITY;
      for (let round = 0; round < 6; round++) smallest = Math.min(smallest, await heap(1500));
      return smallest;
    };
    const before = await least();
    const after = await least();
    // Nine megabytes of text came between: none of it may have stayed.
    expect(after - before).toBeLessThan(8_000_000);
    await reader.cancel();
  });
});
