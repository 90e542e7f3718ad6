import { encodeClaudeEvent } from "@claude-on-aws/streaming/claude";
import type { ClaudeEvent } from "@claude-on-aws/streaming/claude";
import { encodeMessage } from "@claude-on-aws/streaming/event-stream";
import { soakProperty } from "@claude-on-aws/fixtures";
import { array, assert, constantFrom, json, nat, property, record, string, tuple } from "fast-check";
import { describe, expect, test } from "vitest";
import { NO_USAGE } from "./usage.ts";
import type { AnswerReader } from "./answer-reader.ts";
import { createAnswerReader } from "./create-answer-reader.ts";

const utf8 = new TextEncoder();

const START_USAGE = {
  input_tokens: 10,
  output_tokens: 1,
  cache_read_input_tokens: 20,
  cache_creation_input_tokens: 30,
  cache_creation: { ephemeral_5m_input_tokens: 12, ephemeral_1h_input_tokens: 18 },
};

const delta = (text: string): ClaudeEvent => ({
  type: "content_block_delta",
  index: 0,
  delta: { type: "text_delta", text },
});

const EVENTS = [
  {
    type: "message_start",
    message: {
      id: "msg_1",
      type: "message",
      role: "assistant",
      model: "m",
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: START_USAGE,
    },
  },
  { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
  { type: "ping" },
  delta("It rains — "),
  delta("in Paris, 👩‍🚀"),
  delta(' as "every" other\nday'),
  { type: "content_block_stop", index: 0 },
  {
    type: "message_delta",
    delta: { stop_reason: "end_turn", stop_sequence: null },
    usage: {
      input_tokens: 10,
      output_tokens: 25,
      cache_read_input_tokens: 20,
      // As the services have it: not for how long.
      cache_creation_input_tokens: 30,
      server_tool_use: { web_search_requests: 2 },
    },
  },
  { type: "message_stop" },
] as unknown as readonly ClaudeEvent[];

const USED = {
  inputTokens: 10,
  outputTokens: 25,
  cacheReadTokens: 20,
  cacheWriteTokens: 12,
  cacheWriteHourTokens: 18,
  webSearches: 2,
};

const toSse = (event: ClaudeEvent): Uint8Array =>
  utf8.encode(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);

/** The same with other ends of lines: all three are those of server-sent events. */
const toSseWith =
  (end: string) =>
  (event: ClaudeEvent): Uint8Array =>
    utf8.encode(new TextDecoder().decode(toSse(event)).replaceAll("\n", end));

const FORMS = [
  ["text/event-stream; charset=utf-8", toSse],
  ["text/event-stream; lines=crlf", toSseWith("\r\n")],
  ["text/event-stream; lines=cr", toSseWith("\r")],
  ["application/vnd.amazon.eventstream", (event: ClaudeEvent): Uint8Array => encodeClaudeEvent(event)],
] as const;

const readerOf = (type: string): AnswerReader => createAnswerReader(type) as AnswerReader;

const join = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

/** Feeds bytes in pieces of the given lengths, over and over. */
function feed(reader: AnswerReader, bytes: Uint8Array, lengths: readonly number[]): void {
  for (let at = 0, piece = 0; at < bytes.length; piece += 1) {
    const length = lengths[piece % lengths.length] ?? bytes.length;
    // A transport may use its memory again.
    const memory = Buffer.from(bytes.subarray(at, at + length));
    reader.feed(memory);
    memory.fill(0);
    at += length;
  }
}

describe.each(FORMS)("a stream in %s", (type, write) => {
  const bytes = join(EVENTS.map(write));

  test("is read however it is cut", () => {
    const cuts = array(
      nat({ max: 40 }).map((length) => length + 1),
      { minLength: 1, maxLength: 5 },
    );
    const isRead = property(cuts, (lengths) => {
      const reader = readerOf(type);
      feed(reader, bytes, lengths);
      expect([reader.usage, reader.isWhole, reader.isBetweenEvents]).toEqual([USED, true, true]);
    });
    assert(isRead, soakProperty(2_000, 100));
  });

  test("counts what streamed until it broke off: input as it was said, output by its text", () => {
    const reader = readerOf(type);
    feed(reader, join(EVENTS.slice(0, 6).map(write)), [50]);
    const text = 'It rains — in Paris, 👩‍🚀 as "every" other\nday';

    const { outputTokens, ...input } = reader.usage ?? NO_USAGE;
    const bytesOfText = utf8.encode(text).length;
    expect(outputTokens).toBeGreaterThanOrEqual(Math.ceil(bytesOfText / 4));
    expect(outputTokens).toBeLessThanOrEqual(Math.ceil(bytesOfText / 4) + 2);
    expect(input).toMatchObject({ inputTokens: 10, cacheReadTokens: 20 });
    expect(reader.isWhole).toBe(false);
  });

  test("is not whole before its message_stop, and has room for more only between two events", () => {
    const reader = readerOf(type);
    const before = join(EVENTS.slice(0, -1).map(write));
    reader.feed(before.subarray(0, -5));
    expect([reader.isWhole, reader.isBetweenEvents, reader.endBroken("x")]).toEqual([false, false, undefined]);
    reader.feed(before.subarray(-5));
    expect([reader.isWhole, reader.isBetweenEvents]).toEqual([false, true]);

    const last = reader.endBroken("It broke off") ?? new Uint8Array();
    reader.feed(last);
    expect([reader.isWhole, reader.errorType]).toEqual([true, "api_error"]);
  });

  test("holds no more of an event than it reads", () => {
    const reader = readerOf(type);
    feed(reader, join([...EVENTS.slice(0, 3), delta("x".repeat(300_000)), ...EVENTS.slice(3)].map(write)), [1_000]);
    expect(reader.usage).toEqual(USED);
  });

  test("counts what streamed where it ends without saying how much there was", () => {
    const reader = readerOf(type);
    const long = delta("x".repeat(4_000));
    for (const event of [...EVENTS.slice(0, 3), long, ...EVENTS.slice(-1)]) reader.feed(write(event));
    expect(reader.isWhole).toBe(true);
    expect(reader.usage?.outputTokens).toBeGreaterThanOrEqual(1_000);
  });

  test("counts rounds that the counts of the message leave out", () => {
    const reader = readerOf(type);
    const counts = (type: string, input_tokens: number, output_tokens: number) => ({
      type,
      input_tokens,
      output_tokens,
    });
    const iterations = [counts("compaction", 180_000, 3_500), counts("message", 6, 20), counts("message", 4, 5)];
    const advised = { ...counts("advisor_message", 700, 90), model: "claude-opus-5-5" };
    const usage = { input_tokens: 10, output_tokens: 25, iterations: [...iterations, advised] };
    const end = { type: "message_delta", delta: { stop_reason: "end_turn", stop_sequence: null }, usage };
    for (const event of [EVENTS[0], end, EVENTS.at(-1)]) reader.feed(write(event as ClaudeEvent));
    expect(reader.usage).toMatchObject({ inputTokens: 180_710, outputTokens: 3_615 });
  });

  test("does not count a signature as what was written", () => {
    const reader = readerOf(type);
    const thinking = { type: "content_block_delta", index: 0, delta: { type: "thinking_delta", thinking: "abcd" } };
    const signature = {
      type: "content_block_delta",
      index: 0,
      delta: { type: "signature_delta", signature: "s".repeat(400) },
    };
    for (const event of [EVENTS[1], thinking, signature, thinking]) reader.feed(write(event as ClaudeEvent));
    expect(reader.usage?.outputTokens).toBe(2);
  });
});

test("server-sent events say what error ended them", () => {
  const own = readerOf("text/event-stream");
  own.feed(utf8.encode('event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"m"}}\n\n'));
  expect([own.isWhole, own.errorType, own.brokenBy]).toEqual([true, "overloaded_error", null]);

  const broken = readerOf("text/event-stream");
  broken.feed(
    utf8.encode('event: error\r\ndata: {"type":"error","error":{"type":"api_error","code":"STREAM_FAILED"}}\r\n\r\n'),
  );
  expect([broken.isWhole, broken.errorType, broken.brokenBy]).toEqual([true, "api_error", "STREAM_FAILED"]);
});

describe("an event stream", () => {
  const TYPE = "application/vnd.amazon.eventstream";
  const message = (type: string, payload: unknown): Uint8Array =>
    encodeMessage({
      headers: { ":event-type": { type: "string", value: type }, ":message-type": { type: "string", value: "event" } },
      payload: utf8.encode(JSON.stringify(payload)),
    });

  test("of Converse is read", () => {
    const reader = readerOf(TYPE);
    reader.feed(message("messageStart", { role: "assistant" }));
    reader.feed(message("contentBlockDelta", { contentBlockIndex: 0, delta: { text: "12345678" } }));
    expect(reader.usage).toEqual({ ...NO_USAGE, outputTokens: 2 });
    reader.feed(message("messageStop", { stopReason: "end_turn" }));
    // Where it breaks off before it says how much there was.
    expect(reader.usage).toEqual({ ...NO_USAGE, outputTokens: 2 });
    reader.feed(
      message("metadata", {
        usage: { inputTokens: 7, outputTokens: 9, totalTokens: 16, cacheReadInputTokens: 3, cacheWriteInputTokens: 4 },
      }),
    );
    expect([reader.usage, reader.isWhole]).toEqual([
      { ...NO_USAGE, inputTokens: 7, outputTokens: 9, cacheReadTokens: 3, cacheWriteTokens: 4 },
      true,
    ]);
  });

  test("has the counts of Amazon Bedrock where the message says none", () => {
    const reader = readerOf(TYPE);
    const stop = {
      type: "message_stop",
      "amazon-bedrock-invocationMetrics": { inputTokenCount: 11, outputTokenCount: 12, cacheReadInputTokenCount: 13 },
    };
    reader.feed(encodeClaudeEvent(stop as unknown as ClaudeEvent));
    expect(reader.usage).toEqual({ ...NO_USAGE, inputTokens: 11, outputTokens: 12, cacheReadTokens: 13 });
  });

  test("names the error that it ends with, by what the Messages API calls it", () => {
    const reader = readerOf(TYPE);
    reader.feed(
      encodeMessage({
        headers: {
          ":exception-type": { type: "string", value: "throttlingException" },
          ":message-type": { type: "string", value: "exception" },
        },
        payload: utf8.encode('{"message":"m"}'),
      }),
    );
    expect([reader.errorType, reader.isWhole]).toEqual(["rate_limit_error", true]);
  });

  test("that is damaged is not whole, and nothing is written behind it", () => {
    const reader = readerOf(TYPE);
    const bytes = message("chunk", { bytes: btoa('{"type":"message_stop"}') });
    reader.feed(bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1));
    expect([reader.isWhole, reader.isBetweenEvents, reader.endBroken("x")]).toEqual([false, false, undefined]);
  });
});

describe("an answer in JSON", () => {
  test("is read at its top level alone, however it is written and cut", () => {
    const spaces = constantFrom("", " ", "\n\t");
    const others = array(tuple(string({ unit: "grapheme" }), json()), { maxLength: 4 });
    const cuts = array(
      nat({ max: 30 }).map((length) => length + 1),
      { minLength: 1, maxLength: 4 },
    );
    const isRead = property(record({ before: others, after: others, space: spaces, cuts }), (given) => {
      const { before, after, space } = given;
      const write = (members: typeof before): string[] =>
        members
          .filter(([name]) => name !== "usage" && name !== "error")
          .map(([name, value]) => `${space}${JSON.stringify(name)}${space}:${space}${value}${space}`);
      const members = [
        ...write(before),
        `"content":[{"usage":{"input_tokens":99},"text":"\\"usage\\":{\\"input_tokens\\":98}"}]`,
        `"usage"${space}:${space}${JSON.stringify(START_USAGE)}${space}`,
        ...write(after),
      ];
      const bytes = utf8.encode(`{${members.join(",")}}${space}`);
      const reader = readerOf("application/json");
      feed(reader, bytes, given.cuts);
      expect([reader.usage, reader.isWhole]).toEqual([{ ...USED, outputTokens: 1, webSearches: 0 }, true]);
    });
    assert(isRead, soakProperty(10_000, 300));
  });

  test("of Converse is read", () => {
    const reader = readerOf("application/json");
    reader.feed(utf8.encode('{"output":{},"usage":{"inputTokens":3,"outputTokens":4}}'));
    expect(reader.usage).toEqual({ ...NO_USAGE, inputTokens: 3, outputTokens: 4 });
  });

  test("names its error", () => {
    const reader = readerOf("application/json");
    reader.feed(utf8.encode('{"type":"error","error":{"type":"not_found_error","message":"m"}}'));
    expect([reader.errorType, reader.usage]).toEqual(["not_found_error", null]);
  });

  test.each(['{"usage":{"input_tokens":1}', '{"content":"}', "", '{"a":[}'])("is not whole: %s", (text) => {
    const reader = readerOf("application/json");
    reader.feed(utf8.encode(text));
    expect(reader.isWhole).toBe(false);
  });

  test("is not kept where what should be counts is longer than any", () => {
    const reader = readerOf("application/json");
    feed(reader, utf8.encode(`{"usage":{"a":"${"x".repeat(70_000)}","input_tokens":1}}`), [1_000]);
    expect([reader.usage, reader.isWhole]).toEqual([null, true]);
  });
});

test("other answers hold nothing to be read", () => {
  expect(createAnswerReader("application/x-jsonl")).toBeNull();
});
