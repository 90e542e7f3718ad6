import { anyText } from "@claude-on-aws/fixtures/any-text";
import { soakProperty } from "@claude-on-aws/fixtures";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Body, eventStreamResponse, settle } from "../../test/bodies.ts";
import { CONVERSATIONS, jsonsOf } from "../../test/conversations.ts";
import { ManualTimers } from "../../test/manual-timers.ts";
import { encodeMessage, type EventStreamHeaders } from "../event-stream/index.ts";
import { encodeBase64 } from "./encode-base64.ts";
import {
  encodeBedrockChunks,
  encodeClaudeEvent,
  eventStreamToSse,
  invokeStreamToSse,
  type ClaudeEvent,
  type StreamError,
} from "./index.ts";

const utf8 = new TextEncoder();

const headersOf = (fields: Readonly<Record<string, string>>): EventStreamHeaders =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { type: "string" as const, value }]));

const CHUNK = headersOf({ ":event-type": "chunk", ":content-type": "application/json", ":message-type": "event" });

const frame = (payload: string | Uint8Array, headers: EventStreamHeaders = CHUNK): Uint8Array =>
  encodeMessage({ headers, payload: typeof payload === "string" ? utf8.encode(payload) : payload });

const chunk = (json: string): Uint8Array => frame(JSON.stringify({ bytes: encodeBase64(json), p: "abc" }));

/** Ways in which the same event may be written; Bedrock writes the first. */
const SPELLINGS: Readonly<Record<string, (event: object) => Uint8Array>> = {
  plain: (event) => chunk(JSON.stringify(event)),
  "over several lines": (event) => chunk(JSON.stringify(event, null, 2)),
  "with carriage returns": (event) => chunk(JSON.stringify(event, null, 2).replaceAll("\n", "\r\n")),
  "a line break behind its type": (event) => chunk(JSON.stringify(event).replace('",', '",\n')),
  "a carriage return behind its type": (event) => chunk(JSON.stringify(event).replace('",', '",\r')),
  "with spaces": (event) => chunk(` ${JSON.stringify(event)} `),
  "its type last": ({ type, ...rest }: { type?: string }) => chunk(JSON.stringify({ ...rest, type })),
  "its type escaped": (event) => chunk(JSON.stringify(event).replace('"type":"m', '"type":"\\u006d')),
  "its bytes last": (event) => frame(JSON.stringify({ p: "abc", bytes: encodeBase64(JSON.stringify(event)) })),
  "its bytes escaped": (event) =>
    frame(`{"bytes":"${encodeBase64(JSON.stringify(event)).replaceAll("/", "\\/").replace("e", "\\u0065")}"}`),
};

/** What stands between events and is none, and what ends a stream. */
const OTHERS: Readonly<Record<string, Uint8Array>> = {
  "an object without a type": chunk("{}"),
  "a message of another type": frame("{}", headersOf({ ":event-type": "initial-response", ":message-type": "event" })),
};
const ENDS: Readonly<Record<string, Uint8Array>> = {
  "an exception": frame(
    '{"message":"Too many"}',
    headersOf({ ":exception-type": "throttlingException", ":message-type": "exception" }),
  ),
  "an exception of the model": frame(
    '{"message":"No","originalStatusCode":529,"originalMessage":"Overloaded"}',
    headersOf({ ":exception-type": "modelStreamErrorException", ":message-type": "exception" }),
  ),
  "an error": frame("?", headersOf({ ":error-code": "InternalFailure", ":message-type": "error" })),
  "an error event": chunk('{"type":"error","error":{"type":"overloaded_error","message":"Überladen"}}'),
  "an error event, its type last": chunk('{"error":{"type":"overloaded_error","message":""},"type":"error"}'),
  "a chunk that is no JSON": chunk('{"type":"ping",'),
  "a chunk that is an array": chunk("[]"),
  "a chunk that is a number": chunk("7"),
  "a chunk that is not UTF-8": frame('{"bytes":"eyJ0eXBlIjoicGluZyIsIngiOiL/In0="}'),
  "a chunk that is no Base64": frame('{"bytes":"e"}'),
  "a chunk without bytes": frame('{"p":"abc"}'),
  "a payload that is no JSON": frame('{"bytes":"e30='),
  "a checksum that is wrong": chunk('{"type":"ping"}').fill(0, -4),
  "the beginning of a message": chunk('{"type":"ping"}').subarray(0, 60),
  nothing: new Uint8Array(),
};

const deltaArbitrary = fc.oneof(
  fc.record({ type: fc.constant("text_delta"), text: anyText({ maxLength: 60 }) }),
  fc.record({ type: fc.constant("text_delta"), text: fc.string({ maxLength: 6000 }) }),
  fc.record({ type: fc.constant("thinking_delta"), thinking: fc.string({ unit: "grapheme" }) }),
  fc.record({ type: fc.constant("input_json_delta"), partial_json: fc.json() }),
  fc.record({ type: fc.stringMatching(/^[a-z_]{1,40}$/), value: fc.jsonValue() }),
);

const eventsArbitrary = fc
  .array(fc.array(deltaArbitrary, { maxLength: 6 }), { maxLength: 4 })
  .map((blocks) => [
    { type: "message_start", message: { id: "msg_1", content: [] } },
    ...blocks.flatMap((deltas, index) => [
      { type: "content_block_start", index, content_block: { type: "text", text: "" } },
      ...deltas.map((delta) => ({ type: "content_block_delta", index, delta })),
      { type: "content_block_stop", index },
      { type: "ping" },
      { type: `made_up_${"x".repeat(index * 20)}` },
    ]),
    { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 1 } },
    { type: "message_stop" },
  ]);

/** A stream as the bytes of its messages, and what is at its end. */
const streamArbitrary = fc
  .tuple(
    eventsArbitrary,
    fc.infiniteStream(fc.constantFrom("plain", "plain", "plain", ...Object.keys(SPELLINGS))),
    fc.infiniteStream(fc.option(fc.constantFrom(...Object.keys(OTHERS)), { freq: 8 })),
    fc.nat(),
    fc.option(fc.constantFrom(...Object.keys(ENDS)), { freq: 2 }),
  )
  .map(([events, spellings, others, at, end]) => {
    const kept = end === null ? events : events.slice(0, at % (events.length + 1));
    return Buffer.concat([
      ...kept.flatMap((event) => [
        SPELLINGS[spellings.next().value]!(event),
        OTHERS[others.next().value ?? ""] ?? new Uint8Array(),
      ]),
      ENDS[end ?? ""] ?? new Uint8Array(),
    ]);
  });

interface Said {
  readonly text: string;
  readonly told: readonly (readonly [code: string, message: string])[];
}

async function say(translate: typeof invokeStreamToSse, chunks: readonly Uint8Array[]): Promise<Said> {
  const told: [string, string][] = [];
  const response = translate(eventStreamResponse(new Body(chunks).stream), {
    onError: ({ code, message }: StreamError) => told.push([code, message]),
  });
  return { text: await response.text(), told };
}

function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = places.map((place) => place % (bytes.length + 1)).toSorted((a, b) => a - b);
  return [0, ...sorted].map((from, index) => bytes.slice(from, sorted[index] ?? bytes.length));
}

describe("invokeStreamToSse()", () => {
  test("says what eventStreamToSse() says, however a stream is written, cut, and ends", async () => {
    await fc.assert(
      fc.asyncProperty(streamArbitrary, fc.array(fc.nat(), { maxLength: 30 }), async (bytes, places) => {
        const chunks = cut(bytes, places);
        expect(await say(invokeStreamToSse, chunks)).toEqual(await say(eventStreamToSse, chunks));
      }),
      soakProperty(10_000, 400),
    );
  });

  test.each(Object.keys(ENDS))("ends a stream with an error event where it ends with %s", async (name) => {
    const start: ClaudeEvent = { type: "message_start", message: { id: "msg_1" } as never };
    const { text, told } = await say(invokeStreamToSse, [encodeClaudeEvent(start), ENDS[name]!]);
    expect(
      text
        .split("\n\n")
        .slice(0, -1)
        .map((event) => event.split("\n")[0]),
    ).toEqual(["event: message_start", "event: error"]);
    expect(told).toHaveLength(1);
  });

  test.each(CONVERSATIONS.filter(({ error }) => error === undefined))(
    "carries $name, padded as Bedrock pads it, byte by byte",
    async (conversation) => {
      const bytes = encodeBedrockChunks(jsonsOf(conversation), { paddingLength: (index) => (index * 7) % 60 });
      const chunks = Array.from(bytes, (byte) => new Uint8Array([byte]));
      expect((await say(invokeStreamToSse, chunks)).text).toBe(conversation.sse);
    },
  );

  test("names the framing and the request, and leaves alone what is no event stream", () => {
    const response = eventStreamResponse("");
    response.headers.set("x-amzn-requestid", "id-1");
    response.headers.set("content-length", "0");
    const { headers } = invokeStreamToSse(response);
    expect(headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(headers.get("request-id")).toBe("id-1");
    expect(headers.get("content-length")).toBeNull();
    const error = Response.json({ message: "Too many requests" }, { status: 429 });
    expect(invokeStreamToSse(error)).toBe(error);
  });

  test("sends pings while Bedrock is silent, and gives up when told", async () => {
    const timers = new ManualTimers();
    const body = new Body([chunk('{"type":"message_start"}'), new Promise<void>(() => undefined)]);
    const options = { pingIntervalMs: 1000, idleTimeoutMs: 2500, timers };
    const text = invokeStreamToSse(eventStreamResponse(body.stream), options).text();
    for (let half = 0; half < 6; half++) {
      await settle();
      timers.advance(500);
    }
    const events = (await text).split("\n\n");
    expect(events.map((event) => event.split("\n")[0])).toEqual([
      "event: message_start",
      "event: ping",
      "event: ping",
      "event: error",
      "",
    ]);
    expect(events[3]).toContain('"type":"timeout_error","code":"STREAM_IDLE"');
    expect(timers.pending).toBe(0);
  });

  test("takes from Bedrock only what is asked of it, and cancels it", async () => {
    const body = new Body(Array.from({ length: 9 }, () => chunk('{"type":"ping"}')));
    const reader = invokeStreamToSse(eventStreamResponse(body.stream)).body!.getReader();
    await settle();
    expect(body.taken).toBe(0);
    await reader.read();
    await reader.read();
    await settle();
    expect(body.taken).toBe(2);
    await reader.cancel("enough");
    expect(body.reason).toBe("enough");
  });

  test("passes an abort on as it is, and says of a failure that it was one", async () => {
    const abort = new DOMException("Stopped", "AbortError");
    const reader = invokeStreamToSse(eventStreamResponse(new Body([abort]).stream)).body!.getReader();
    await expect(reader.read()).rejects.toMatchObject({ name: "AbortError" });
    const failed = invokeStreamToSse(eventStreamResponse(new Body([new TypeError("reset")]).stream));
    expect(await failed.text()).toContain('"code":"STREAM_TRUNCATED"');
  });

  test("says of a failure what it is told to, or fails with it", async () => {
    const reset = new TypeError("reset");
    const describeFailure = (cause: unknown) =>
      cause === reset
        ? ({ type: "error", error: { type: "api_error", code: "RESET", message: "" } } as const)
        : undefined;
    const fail = (cause: Error) =>
      invokeStreamToSse(eventStreamResponse(new Body([cause]).stream), { describeFailure }).text();

    expect(await fail(reset)).toBe(
      'event: error\ndata: {"type":"error","error":{"type":"api_error","code":"RESET","message":""}}\n\n',
    );
    await expect(fail(new Error("stopped"))).rejects.toThrow("stopped");
  });

  test("keeps to its limit of a message", async () => {
    const long = chunk(JSON.stringify({ type: "content_block_start", text: "x".repeat(500) }));
    const response = eventStreamResponse(new Body([long.slice(0, 300), long.slice(300)]).stream);
    expect(await invokeStreamToSse(response, { maxMessageBytes: 200 }).text()).toContain('"code":"FRAME_TOO_LARGE"');
  });
});
