import { describe, expect, test } from "vitest";
import { Body, eventStreamResponse, settle, sseResponse } from "../../test/bodies.ts";
import { CONVERSATIONS } from "../../test/conversations.ts";
import { ManualTimers } from "../../test/manual-timers.ts";
import {
  decodeClaudeEvents,
  encodeClaudeEvent,
  eventStreamToSse,
  formatClaudeEvent,
  sseToEventStream,
  type ClaudeEvent,
  type ClaudeFraming,
  type StreamError,
  type TranslateOptions,
} from "./index.ts";

const { sse: SSE } = CONVERSATIONS[0]!;
const EVENTS = SSE.split("\n\n")
  .filter(Boolean)
  .map((text) => `${text}\n\n`);
const PING: ClaudeEvent = { type: "ping" };

/** Both translations, with a source in their framing and the way to read what they give. */
const DIRECTIONS = [
  {
    name: "eventStreamToSse()",
    from: "event-stream",
    to: "sse",
    translate: eventStreamToSse,
    respond: eventStreamResponse,
  },
  { name: "sseToEventStream()", from: "sse", to: "event-stream", translate: sseToEventStream, respond: sseResponse },
] as const satisfies readonly {
  name: string;
  from: ClaudeFraming;
  to: ClaudeFraming;
  translate: (response: Response, options?: TranslateOptions) => Response;
  respond: (body: BodyInit) => Response;
}[];

/** The first conversation in chunks of one event, in a framing. */
const chunksIn = (framing: ClaudeFraming): (Uint8Array | string)[] =>
  framing === "sse"
    ? EVENTS
    : EVENTS.map((text) => encodeClaudeEvent(JSON.parse(text.split("data: ")[1]!) as ClaudeEvent));

const read = async (response: Response): Promise<{ types: string[]; error: StreamError | undefined }> => {
  const types: string[] = [];
  try {
    for await (const { type } of decodeClaudeEvents(response)) types.push(type);
  } catch (error) {
    return { types, error: error as StreamError };
  }
  return { types, error: undefined };
};

describe.each(DIRECTIONS)("$name", ({ from, to, translate, respond }) => {
  test("names the new framing and carries the request id over", () => {
    const response = respond("");
    response.headers.set("content-length", "7");
    response.headers.set(from === "sse" ? "request-id" : "x-amzn-requestid", "id-1");
    const { headers, status } = translate(response);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe(
      to === "sse" ? "text/event-stream; charset=utf-8" : "application/vnd.amazon.eventstream",
    );
    expect(headers.get("content-length")).toBeNull();
    expect(headers.get(to === "sse" ? "request-id" : "x-amzn-requestid")).toBe("id-1");
    expect(headers.get("x-amzn-bedrock-content-type")).toBe(to === "sse" ? null : "application/json");
  });

  test("gives back as it is what is in no stream of that framing", () => {
    const error = Response.json({ message: "Too many requests" }, { status: 429 });
    const empty = new Response(null, { status: 204 });
    const other = to === "sse" ? sseResponse("") : eventStreamResponse("");
    for (const response of [error, empty, other]) expect(translate(response)).toBe(response);
  });

  test("reads an answer without content type as that framing, unless it is an error", async () => {
    const body = new Body(chunksIn(from));
    expect((await read(translate(new Response(body.stream)))).error).toBeUndefined();
    const error = new Response(new Body([]).stream, { status: 500 });
    expect(translate(error)).toBe(error);
  });

  test("says that the source ended too soon, and tells the server", async () => {
    const told: StreamError[] = [];
    const body = new Body(chunksIn(from).slice(0, -2));
    const { types, error } = await read(translate(respond(body.stream), { onError: (one) => told.push(one) }));
    expect(types).toHaveLength(EVENTS.length - 2);
    expect(error).toMatchObject({
      code: "STREAM_EXCEPTION",
      errorType: "api_error",
      awsName: "InternalServerException",
    });
    expect(error?.originalMessage).toMatch(/ended before message_stop/);
    expect(told).toMatchObject([{ code: "STREAM_TRUNCATED", partialMessage: { id: "msg_01" } }]);
  });

  test("says that the source broke, after what came before it in the same chunk", async () => {
    const first = chunksIn(from)[0]!;
    const bytes = typeof first === "string" ? new TextEncoder().encode(first) : first;
    const broken = from === "sse" ? new TextEncoder().encode("data: {\n\n") : new Uint8Array(16);
    const { types, error } = await read(translate(respond(new Uint8Array([...bytes, ...broken]))));
    expect(types).toEqual(["message_start"]);
    expect(error?.originalMessage).toMatch(from === "sse" ? /not JSON/ : /checksum|declares 0 bytes/);
  });

  test("says that the source failed, but lets an abort through", async () => {
    const told: StreamError[] = [];
    const reset = new TypeError("socket hang up");
    const { error } = await read(
      translate(respond(new Body([chunksIn(from)[0]!, reset]).stream), { onError: (one) => told.push(one) }),
    );
    expect(error).toMatchObject({ code: "STREAM_EXCEPTION", errorType: "api_error" });
    expect(told[0]).toMatchObject({ code: "STREAM_TRUNCATED", cause: reset });
    const abort = new DOMException("Stopped", "AbortError");
    const reader = translate(respond(new Body([abort]).stream)).body!.getReader();
    await expect(reader.read()).rejects.toMatchObject({ name: "AbortError" });
  });

  test("sends pings while the source is silent, and only then", async () => {
    const timers = new ManualTimers();
    const { promise, resolve } = Promise.withResolvers<void>();
    const [first, ...rest] = chunksIn(from);
    const body = new Body([first!, promise, ...rest]);
    const response = translate(respond(body.stream), { pingIntervalMs: 1000, timers });
    const reader = decodeClaudeEvents(response).getReader();
    expect((await reader.read()).value?.type).toBe("message_start");
    for (let round = 0; round < 3; round++) {
      const reading = reader.read();
      await settle();
      timers.advance(999);
      await settle();
      timers.advance(1);
      expect((await reading).value).toEqual(PING);
    }
    resolve();
    expect((await reader.read()).value?.type).toBe("content_block_start");
    while (!(await reader.read()).done);
    expect(timers.pending).toBe(0);
  });

  test("gives up a source that is silent for too long, however many pings there were", async () => {
    const timers = new ManualTimers();
    const told: StreamError[] = [];
    const body = new Body([chunksIn(from)[0]!, new Promise<void>(() => undefined)]);
    const response = translate(respond(body.stream), {
      idleTimeoutMs: 2500,
      pingIntervalMs: 1000,
      timers,
      onError: (error) => told.push(error),
    });
    const reading = read(response);
    for (let half = 0; half < 6; half++) {
      await settle();
      timers.advance(500);
    }
    const { types, error } = await reading;
    expect(types).toEqual(["message_start", "ping", "ping"]);
    expect(error).toMatchObject({
      code: "STREAM_EXCEPTION",
      errorType: "timeout_error",
      awsName: "ModelTimeoutException",
    });
    expect(told).toMatchObject([{ code: "STREAM_IDLE", partialMessage: { id: "msg_01" } }]);
    expect(body.reason).toMatchObject({ code: "STREAM_IDLE" });
    expect(timers.pending).toBe(0);
  });

  test("takes from the source only what is asked of it, and cancels it", async () => {
    const body = new Body(chunksIn(from));
    const reader = translate(respond(body.stream)).body!.getReader();
    await settle();
    expect(body.taken).toBe(0);
    await reader.read();
    await reader.read();
    await settle();
    expect(body.taken).toBe(2);
    await reader.cancel("enough");
    expect(body.reason).toBe("enough");
    expect(body.taken).toBe(2);
  });

  test("says nothing of an end where the client is gone while the source is waited for", async () => {
    const told: StreamError[] = [];
    const timers = new ManualTimers();
    const body = new Body([chunksIn(from)[0]!, new Promise<void>(() => undefined)]);
    const options = {
      onError: (error: StreamError) => told.push(error),
      pingIntervalMs: 1000,
      idleTimeoutMs: 5000,
      timers,
    };
    const reader = translate(respond(body.stream), options).body!.getReader();
    await reader.read();
    const reading = reader.read();
    await settle();
    await reader.cancel("gone");
    expect((await reading).done).toBe(true);
    await settle();
    timers.advance(10_000);
    await settle();
    expect(told).toEqual([]);
    expect(body.reason).toBe("gone");
    expect(timers.pending).toBe(0);
  });

  test("keeps to its limits", async () => {
    const long = {
      type: "content_block_start",
      index: 0,
      content_block: { type: "text", text: "x".repeat(500) },
    } as const;
    const bytes = from === "sse" ? new TextEncoder().encode(formatClaudeEvent(long)) : encodeClaudeEvent(long);
    const { error } = await read(
      translate(respond(new Body([bytes.slice(0, 300), bytes.slice(300)]).stream), {
        maxMessageBytes: 200,
        maxEventLength: 200,
      }),
    );
    expect(error?.originalMessage).toMatch(from === "sse" ? /maxEventLength/ : /maxMessageBytes/);
  });
});
