import { describe, expect, test } from "vitest";
import { eventStreamResponse } from "../../test/bodies.ts";
import { CONVERSATIONS, jsonsOf, WHOLE_CONVERSATIONS } from "../../test/conversations.ts";
import { decodeMessage, encodeMessage, EventStreamDecoder } from "../event-stream/index.ts";
import { citationFromConverse, citationToConverse } from "./converse-citations.ts";
import {
  ClaudeEventDecoder,
  ConverseEncoder,
  decodeClaudeEvents,
  eventStreamToSse,
  messageFromEvents,
  type ClaudeEvent,
} from "./index.ts";

const ENCODER = new TextEncoder();

const converse = (eventType: string, payload: unknown): Uint8Array =>
  encodeMessage({
    headers: {
      ":event-type": { type: "string", value: eventType },
      ":content-type": { type: "string", value: "application/json" },
      ":message-type": { type: "string", value: "event" },
    },
    payload: ENCODER.encode(JSON.stringify(payload)),
  });

const concatenate = (chunks: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(chunks.flatMap((chunk) => [...chunk]));

/** An answer as ConverseStream sends it, with the padding that it adds to each event. */
const ANSWER = concatenate([
  converse("messageStart", { p: "abcd", role: "assistant" }),
  converse("contentBlockDelta", { contentBlockIndex: 0, delta: { reasoningContent: { text: "Hm. " } }, p: "abc" }),
  converse("contentBlockDelta", { contentBlockIndex: 0, delta: { reasoningContent: { text: "Yes." } } }),
  converse("contentBlockDelta", { contentBlockIndex: 0, delta: { reasoningContent: { signature: "EqQBCg==" } } }),
  converse("contentBlockStop", { contentBlockIndex: 0 }),
  converse("contentBlockDelta", { contentBlockIndex: 1, delta: { reasoningContent: { redactedContent: "c2VjcmV0" } } }),
  converse("contentBlockStop", { contentBlockIndex: 1 }),
  converse("contentBlockDelta", { contentBlockIndex: 2, delta: { text: "I ask" } }),
  converse("contentBlockDelta", { contentBlockIndex: 2, delta: { text: " both." } }),
  converse("contentBlockStop", { contentBlockIndex: 2 }),
  converse("contentBlockStart", {
    contentBlockIndex: 3,
    start: { toolUse: { toolUseId: "tooluse_A", name: "get_weather" } },
  }),
  converse("contentBlockDelta", { contentBlockIndex: 3, delta: { toolUse: { input: '{"location":' } } }),
  converse("contentBlockDelta", { contentBlockIndex: 3, delta: { toolUse: { input: '"Paris"}' } } }),
  converse("contentBlockStop", { contentBlockIndex: 3 }),
  // An index is left out where a block was held back.
  converse("contentBlockStart", {
    contentBlockIndex: 5,
    start: { toolUse: { toolUseId: "tooluse_B", name: "get_time" } },
  }),
  converse("contentBlockStop", { contentBlockIndex: 5 }),
  converse("messageStop", { stopReason: "tool_use" }),
  converse("metadata", {
    usage: { inputTokens: 25, outputTokens: 42, totalTokens: 67, cacheReadInputTokens: 3, cacheWriteInputTokens: 4 },
    metrics: { latencyMs: 900 },
  }),
]);

const MESSAGE = {
  id: "msg_request-1",
  type: "message",
  role: "assistant",
  model: "",
  content: [
    { type: "thinking", thinking: "Hm. Yes.", signature: "EqQBCg==" },
    { type: "redacted_thinking", data: "c2VjcmV0" },
    { type: "text", text: "I ask both." },
    { type: "tool_use", id: "tooluse_A", name: "get_weather", input: { location: "Paris" } },
    { type: "tool_use", id: "tooluse_B", name: "get_time", input: {} },
  ],
  stop_reason: "tool_use",
  stop_sequence: null,
  usage: { input_tokens: 25, output_tokens: 42, cache_read_input_tokens: 3, cache_creation_input_tokens: 4 },
};

function respond(bytes: Uint8Array): Response {
  const response = eventStreamResponse(bytes as Uint8Array<ArrayBuffer>);
  response.headers.set("x-amzn-requestid", "request-1");
  return response;
}

describe("ClaudeEventDecoder", () => {
  test("ClaudeEventDecoder reads an answer of ConverseStream", async () => {
    expect(await messageFromEvents(decodeClaudeEvents(respond(ANSWER)))).toEqual(MESSAGE);
    const named = decodeClaudeEvents(respond(ANSWER), { messageId: "msg_2", model: "claude-opus-5" });
    expect(await messageFromEvents(named)).toEqual({ ...MESSAGE, id: "msg_2", model: "claude-opus-5" });
  });

  test("eventStreamToSse() turns an answer of ConverseStream into one of the Messages API", async () => {
    expect(await messageFromEvents(decodeClaudeEvents(eventStreamToSse(respond(ANSWER))))).toEqual(MESSAGE);
  });

  test("ClaudeEventDecoder refuses an answer of ConverseStream that ends too soon", () => {
    const frames: number[] = [0];
    new EventStreamDecoder((one) => frames.push(frames.at(-1)! + encodeMessage(one).length)).feed(ANSWER);
    for (const end of frames.slice(0, -1)) {
      const decoder = new ClaudeEventDecoder(() => undefined, { framing: "event-stream" });
      decoder.feed(ANSWER.subarray(0, end));
      expect(() => decoder.end()).toThrow(expect.objectContaining({ code: "STREAM_TRUNCATED" }));
    }
  });

  test.each([
    ["EVENT_MALFORMED", "contentBlockDelta", { delta: { text: "x" } }],
    ["EVENT_MALFORMED", "contentBlockDelta", { contentBlockIndex: 0 }],
    ["EVENT_MALFORMED", "contentBlockStop", "text"],
    ["EVENT_ORDER", "metadata", {}],
    ["EVENT_ORDER", "contentBlockStop", { contentBlockIndex: 0 }],
  ])("refuses with %s a %s of %j", (code, eventType, payload) => {
    const decoder = new ClaudeEventDecoder(() => undefined, { framing: "event-stream" });
    expect(() => decoder.feed(converse(eventType, payload))).toThrow(expect.objectContaining({ code }));
  });

  test("ClaudeEventDecoder reads a block that has no delta, and how a message was stopped", async () => {
    const bytes = concatenate([
      converse("messageStart", { role: "assistant" }),
      converse("contentBlockStop", { contentBlockIndex: 0 }),
      converse("messageStop", {
        stopReason: "content_filtered",
        additionalModelResponseFields: { stop_sequence: "END" },
      }),
      converse("metadata", { usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 } }),
    ]);
    expect(await messageFromEvents(decodeClaudeEvents(respond(bytes)))).toMatchObject({
      content: [{ type: "text", text: "" }],
      stop_reason: "refusal",
      stop_sequence: "END",
      usage: { input_tokens: 1, output_tokens: 2 },
    });
  });
});

describe("ConverseEncoder", () => {
  /** What Converse has no place for. */
  const lost = ["a server tool with citations", "an event, a delta and fields of a newer service"];

  test.each(WHOLE_CONVERSATIONS.filter(({ name }) => !lost.includes(name)))("says $name", async (conversation) => {
    const encoder = new ConverseEncoder();
    const chunks = jsonsOf(conversation).flatMap((json) => encoder.encode(JSON.parse(json) as ClaudeEvent));
    const { id, model, content, stop_reason, stop_sequence, usage } = conversation.message;
    const decoded = await messageFromEvents(decodeClaudeEvents(respond(concatenate(chunks)), { messageId: id, model }));
    expect(decoded).toMatchObject({ id, model, content, stop_reason, stop_sequence });
    const { service_tier: _, ...counters } = usage;
    expect(decoded.usage).toEqual(counters);
  });

  test("ConverseEncoder says a server tool and a citation as Converse has them", () => {
    const encoder = new ConverseEncoder();
    const payloads = jsonsOf(WHOLE_CONVERSATIONS.find(({ name }) => name === "a server tool with citations")!)
      .flatMap((json) => encoder.encode(JSON.parse(json) as ClaudeEvent))
      .map((bytes) => JSON.parse(new TextDecoder().decode(decodeMessage(bytes).payload)) as unknown);
    expect(payloads).toContainEqual({
      contentBlockIndex: 0,
      start: { toolUse: { toolUseId: "srvtoolu_A", name: "web_search", type: "server_tool_use" } },
    });
    expect(payloads).toContainEqual({
      contentBlockIndex: 2,
      delta: {
        citation: {
          title: "Tower",
          sourceContent: [{ text: "It opened in 1889." }],
          location: { web: { url: "https://example.com/tower" } },
        },
      },
    });
  });

  test.each(CONVERSATIONS.filter(({ error }) => error))("says $name", async (conversation) => {
    const encoder = new ConverseEncoder();
    const chunks = jsonsOf(conversation).flatMap((json) => encoder.encode(JSON.parse(json) as ClaudeEvent));
    await expect(messageFromEvents(decodeClaudeEvents(respond(concatenate(chunks))))).rejects.toMatchObject({
      code: "STREAM_EXCEPTION",
      errorType: conversation.error!["errorType"],
      originalMessage: conversation.error!["originalMessage"],
    });
  });
});

describe("citationFromConverse() and citationToConverse()", () => {
  test.each([
    {
      type: "char_location",
      cited_text: "a",
      document_title: "T",
      document_index: 0,
      start_char_index: 1,
      end_char_index: 2,
    },
    {
      type: "page_location",
      cited_text: "a",
      document_title: "T",
      document_index: 0,
      start_page_number: 1,
      end_page_number: 2,
    },
    {
      type: "content_block_location",
      cited_text: "a",
      document_title: "T",
      document_index: 0,
      start_block_index: 1,
      end_block_index: 2,
    },
    {
      type: "search_result_location",
      cited_text: "a",
      title: "T",
      source: "s",
      search_result_index: 0,
      start_block_index: 1,
      end_block_index: 2,
    },
    { type: "new_location", cited_text: "a" },
    "no citation",
  ])("carry %j there and back", (citation) => {
    expect(citationFromConverse(citationToConverse(citation))).toEqual(citation);
  });
});
