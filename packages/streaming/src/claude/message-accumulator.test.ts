import { describe, expect, test } from "vitest";
import { messageFromEvents, parsePartialJson, type ClaudeEvent } from "./index.ts";
import { MessageAccumulator } from "./message-accumulator.ts";

const START = {
  type: "message_start",
  message: {
    id: "msg_1",
    type: "message",
    role: "assistant",
    model: "claude",
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: 1, output_tokens: 1 },
  },
} as const satisfies ClaudeEvent;
const block = (index: number): ClaudeEvent => ({
  type: "content_block_start",
  index,
  content_block: { type: "text", text: "" },
});
const text = (index: number, value: unknown = "x"): ClaudeEvent =>
  ({ type: "content_block_delta", index, delta: { type: "text_delta", text: value } }) as ClaudeEvent;
const stop = (index: number): ClaudeEvent => ({ type: "content_block_stop", index });
const END: ClaudeEvent = {
  type: "message_delta",
  delta: { stop_reason: "end_turn", stop_sequence: null },
  usage: { output_tokens: 2 },
};
const OVER: ClaudeEvent = { type: "message_stop" };
const event = (value: unknown): ClaudeEvent => value as ClaudeEvent;

describe("messageFromEvents()", () => {
  test.each<[string, readonly ClaudeEvent[]]>([
    ["a block before the message", [block(0)]],
    ["a delta before the message", [text(0)]],
    ["an end before the message", [OVER]],
    ["a second start", [START, START]],
    ["a block out of turn", [START, block(1)]],
    ["a block begun twice", [START, block(0), block(0)]],
    ["a delta for no block", [START, text(0)]],
    ["a delta for a block that is over", [START, block(0), stop(0), text(0)]],
    ["a block ended twice", [START, block(0), stop(0), stop(0)]],
    ["a block after the message", [START, OVER, block(0)]],
    ["two ends", [START, OVER, OVER]],
    ["a second message", [START, block(0), stop(0), END, OVER, START, block(0), stop(0), END, OVER]],
    ["an index that is not a number", [START, block(0), event({ ...text(0), index: "push" })]],
  ])("refuses %s", async (_, events) => {
    await expect(messageFromEvents(events)).rejects.toMatchObject({ name: "StreamError", code: "EVENT_ORDER" });
  });

  test.each<[string, readonly ClaudeEvent[]]>([
    ["a start without message", [event({ type: "message_start" })]],
    ["a block without type", [START, event({ type: "content_block_start", index: 0, content_block: {} })]],
    ["a delta that is none", [START, block(0), event({ type: "content_block_delta", index: 0, delta: null })]],
    ["text that is none", [START, block(0), text(0, 7)]],
    ["an end without delta", [START, event({ type: "message_delta" })]],
    [
      "a tool's input that is not JSON",
      [
        START,
        event({
          type: "content_block_start",
          index: 0,
          content_block: { type: "tool_use", id: "t", name: "n", input: {} },
        }),
        event({ type: "content_block_delta", index: 0, delta: { type: "input_json_delta", partial_json: '{"a": b}' } }),
        stop(0),
        OVER,
      ],
    ],
  ])("refuses %s", async (_, events) => {
    await expect(messageFromEvents(events)).rejects.toMatchObject({ name: "StreamError", code: "EVENT_MALFORMED" });
  });

  test("messageFromEvents() refuses a stream that ends too soon, with what had come", async () => {
    await expect(messageFromEvents([])).rejects.toMatchObject({ code: "STREAM_TRUNCATED", partialMessage: undefined });
    await expect(messageFromEvents([START, block(0), text(0, "Half")])).rejects.toMatchObject({
      code: "STREAM_TRUNCATED",
      partialMessage: { id: "msg_1", content: [{ type: "text", text: "Half" }] },
    });
  });

  test("messageFromEvents() refuses an error event", async () => {
    await expect(
      messageFromEvents([START, { type: "error", error: { type: "overloaded_error", message: "Overloaded" } }]),
    ).rejects.toMatchObject({
      code: "STREAM_EXCEPTION",
      originalMessage: "Overloaded",
      partialMessage: { id: "msg_1" },
    });
  });

  test("messageFromEvents() takes a message of just maxMessageLength, and refuses a longer one", async () => {
    const length = JSON.stringify({ type: "text", text: "" }).length + 10;
    const events = (count: number): ClaudeEvent[] => [START, block(0), text(0, "x".repeat(count)), stop(0), END, OVER];
    expect((await messageFromEvents(events(10), { maxMessageLength: length })).content).toHaveLength(1);
    await expect(messageFromEvents(events(11), { maxMessageLength: length })).rejects.toMatchObject({
      code: "MESSAGE_TOO_LARGE",
    });
  });

  test("messageFromEvents() leaves the events as they were", async () => {
    const events = [START, block(0), text(0), stop(0), END, OVER];
    const before = JSON.stringify(events);
    await messageFromEvents(events);
    expect(JSON.stringify(events)).toBe(before);
  });

  test("messageFromEvents() adds up a compaction, which comes whole", async () => {
    const { content } = await messageFromEvents([
      START,
      event({ type: "content_block_start", index: 0, content_block: { type: "compaction", content: null } }),
      event({ type: "content_block_delta", index: 0, delta: { type: "compaction_delta", content: "So far" } }),
      stop(0),
      END,
      OVER,
    ]);
    expect(content).toEqual([{ type: "compaction", content: "So far" }]);
  });
});

const TOOLS = ["tool_use", "server_tool_use", "mcp_tool_use"];
const tool = (index: number, type = "tool_use"): ClaudeEvent =>
  event({ type: "content_block_start", index, content_block: { type, id: "t", name: "n", input: {} } });
const input = (index: number, json: string): ClaudeEvent =>
  event({ type: "content_block_delta", index, delta: { type: "input_json_delta", partial_json: json } });
const endedBy = (reason: string | null): ClaudeEvent =>
  event({ type: "message_delta", delta: { stop_reason: reason, stop_sequence: null }, usage: {} });

describe("the input of a tool", () => {
  const json = '{"path":"/tmp/a","lines":[1,{"b":"\\"}"}],"c":null}';
  const cuts = Array.from({ length: json.length - 1 }, (_, index) => json.slice(0, index + 1));
  const reasons = ["tool_use", "end_turn", "stop_sequence", "pause_turn", "refusal", null];

  test.each(TOOLS)("of %s that did not close is an error, with what had come, wherever it was cut", async (type) => {
    for (const [index, cut] of cuts.entries()) {
      const reason = reasons[index % reasons.length] ?? null;
      const events = [START, tool(0, type), input(0, cut), stop(0), endedBy(reason), OVER];
      await expect(messageFromEvents(events)).rejects.toMatchObject({
        code: "EVENT_MALFORMED",
        partialMessage: { id: "msg_1", stop_reason: reason, content: [{ type, id: "t", incomplete: true }] },
      });
    }
  });

  test.each(TOOLS)("of %s that max_tokens cut is marked, wherever it was cut", async (type) => {
    for (const cut of ["", ...cuts]) {
      const events = [START, tool(0, type), input(0, cut), stop(0), endedBy("max_tokens"), OVER];
      const { content } = await messageFromEvents(events);
      expect(content).toMatchObject([{ type, incomplete: true, input: parsePartialJson(cut) ?? {} }]);
    }
  });

  test("that closed is not marked, whatever cut the message behind it", async () => {
    const events = [START, tool(0), input(0, json), stop(0), tool(1), stop(1), block(2), text(2), stop(2)];
    for (const reason of [...reasons, "max_tokens"]) {
      const { content } = await messageFromEvents([...events, endedBy(reason), OVER]);
      expect(content.slice(0, 2)).toEqual([
        { type: "tool_use", id: "t", name: "n", input: JSON.parse(json) },
        { type: "tool_use", id: "t", name: "n", input: {} },
      ]);
    }
  });

  test("of a block that was never ended is an error, if there is none", async () => {
    await expect(messageFromEvents([START, tool(0), endedBy("tool_use"), OVER])).rejects.toMatchObject({
      code: "EVENT_MALFORMED",
    });
  });

  test("with more behind its end is an error", async () => {
    const events = [START, tool(0), input(0, '{"a":1}{"b":2}'), stop(0), endedBy("tool_use"), OVER];
    await expect(messageFromEvents(events)).rejects.toMatchObject({ code: "EVENT_MALFORMED" });
  });
});

describe("MessageAccumulator", () => {
  test("MessageAccumulator keeps the order of a message that is too large, and none of it", () => {
    const accumulator = new MessageAccumulator(100);
    for (const one of [START, block(0), text(0, "x".repeat(200)), text(0), stop(0), block(1), text(1)])
      accumulator.add(one);
    expect(accumulator.isTooLarge).toBe(true);
    expect(accumulator.message()).toBeUndefined();
    expect(() => accumulator.add(text(0))).toThrow(expect.objectContaining({ code: "EVENT_ORDER" }));
    accumulator.add(stop(1));
    accumulator.add(OVER);
    expect(accumulator.isStopped).toBe(true);
  });

  test("MessageAccumulator begins anew with the next message", () => {
    const accumulator = new MessageAccumulator();
    for (const one of [START, block(0), text(0), stop(0), END, OVER, START]) accumulator.add(one);
    expect(accumulator.isStopped).toBe(false);
    expect(accumulator.message()).toEqual(START.message);
  });
});

describe("parsePartialJson()", () => {
  const whole = '{"a": [1, -2.5e3, {"b": "x\\"}"}], "c": {"d": null, "e": [true, []]}, "f": "ä"}';

  test("parsePartialJson() gives what is complete, wherever a text is cut", () => {
    for (let length = 1; length < whole.length; length++) {
      const value = parsePartialJson(whole.slice(0, length)) as Record<string, unknown>;
      expect(Object.keys(JSON.parse(whole) as object).slice(0, Object.keys(value).length)).toEqual(Object.keys(value));
    }
    expect(parsePartialJson(whole)).toEqual(JSON.parse(whole));
  });

  test.each([
    ['{"a": "one", "b": "tw', { a: "one" }],
    ['{"a": "one", "b', { a: "one" }],
    ['{"a": "one", "b": ', { a: "one" }],
    ['{"a": [1, 2, 3', { a: [1, 2] }],
    ['{"a": "}', {}],
    ["[", []],
    ["{", {}],
    ["", undefined],
    ["tru", undefined],
    ["{a: 1}", undefined],
    ['{"a": b}', undefined],
    ["]", undefined],
  ])("reads %j", (cut, value) => {
    expect(parsePartialJson(cut)).toEqual(value);
  });
});
