import { describe, expect, test } from "vitest";
import { parseScenario } from "./parse-scenario.ts";
import type { Scenario } from "../../settings/scenario/scenario.ts";
import { FakeError } from "../../input/fake-error.ts";

const EVERYTHING: Scenario = {
  scope: { header: "x-test-id" },
  replies: [
    {
      name: "a row",
      when: {
        text: { pattern: "a|b", flags: "i" },
        turn: 2,
        toolResult: { name: "look", text: "sun", isError: false },
        userAgent: "mine",
        headers: { "x-a": true, "x-b": "c", "x-d": { pattern: "e" } },
        call: [1, 3],
      },
      state: { was: "started", becomes: "asked" },
      reply: { text: "b" },
    },
    {
      when: { provider: "anthropic-aws", operation: "CreateMessage", model: "claude-sonnet-*", text: "weather" },
      times: 1,
      reply: { throttle: { retryAfterSeconds: 2, message: "Slow down", headers: { "x-should-retry": "true" } } },
    },
    { when: { operation: ["Converse", "ConverseStream"] }, reply: { overload: {}, delayMs: 10 } },
    { when: { operation: "ListModels" }, reply: { error: { status: 500 } } },
    { reply: { error: { name: "model-access-denied", status: 403, message: "No" } } },
    { reply: { text: "It rains.", delayMs: 0, eventDelayMs: 20, stopReason: "refusal" } },
    { reply: { text: "It", failAfterEvents: 3, exception: "throttlingException", exceptionMessage: "No more" } },
    { reply: { cutAfterEvents: 0 } },
    { reply: { toolCall: { name: "get_weather", input: { city: "Paris" }, id: "toolu_1" } } },
    {
      reply: {
        content: [
          { type: "thinking", thinking: "Hm", signature: "c2ln" },
          { type: "redacted_thinking", data: "AA==" },
          { type: "text", text: "I look", citations: [{}] },
          { type: "tool_use", name: "look", input: {} },
        ],
        stopSequence: "X",
      },
    },
  ],
};

describe("parseScenario()", () => {
  test("reads every key", () => {
    expect(parseScenario(JSON.stringify(EVERYTHING))).toEqual(EVERYTHING);
  });

  const row = (reply: unknown, rest: object = {}): string => JSON.stringify({ replies: [{ reply, ...rest }] });

  test.each<[code: string, path: string, message: string, json: string]>([
    ["SCENARIO_JSON", "", "no commas before a closing bracket", "{,}"],
    ["SCENARIO_VALUE", "", "found [], expected an object", "[]"],
    ["SCENARIO_KEY", "", "found no replies, expected the key replies", "{}"],
    ["SCENARIO_KEY", "", "did you mean replies?", '{"replys": []}'],
    ["SCENARIO_VALUE", "replies", "expected an array", '{"replies": {}}'],
    ["SCENARIO_KEY", "replies[0]", "found no reply", '{"replies": [{}]}'],
    ["SCENARIO_KEY", "replies[0]", "did you mean times?", row({ text: "" }, { time: 1 })],
    ["SCENARIO_VALUE", "replies[0].times", "a whole number from 1", row({ text: "" }, { times: 0 })],
    ["SCENARIO_KEY", "replies[0].when", "did you mean model?", row({ text: "" }, { when: { modle: "x" } })],
    [
      "SCENARIO_VALUE",
      "replies[0].when.provider",
      "one of anthropic-aws",
      row({ text: "" }, { when: { provider: 1 } }),
    ],
    [
      "SCENARIO_VALUE",
      "replies[0].when.operation",
      "did you mean ConverseStream?",
      row({ text: "" }, { when: { operation: "converseStream" } }),
    ],
    ["SCENARIO_VALUE", "replies[0].when.operation", "not empty", row({ text: "" }, { when: { operation: [] } })],
    [
      "SCENARIO_VALUE",
      "replies[0].when.operation",
      "an operation that answers a message",
      row({ text: "" }, { when: { operation: "ListModels" } }),
    ],
    [
      "SCENARIO_VALUE",
      "replies[0].when.text.pattern",
      "a pattern of JavaScript; correct it (",
      row({ text: "" }, { when: { text: { pattern: "(" } } }),
    ],
    [
      "SCENARIO_VALUE",
      "replies[0].when.text.flags",
      "i, m, s, u",
      row({ text: "" }, { when: { text: { pattern: "", flags: "g" } } }),
    ],
    ["SCENARIO_KEY", "replies[0].when.text", "found no pattern", row({ text: "" }, { when: { text: {} } })],
    ["SCENARIO_VALUE", "replies[0].when.turn", "from 1", row({ text: "" }, { when: { turn: 0 } })],
    [
      "SCENARIO_VALUE",
      "replies[0].when.headers.a",
      "found false",
      row({ text: "" }, { when: { headers: { a: false } } }),
    ],
    ["SCENARIO_VALUE", "replies[0].when.call", "not empty", row({ text: "" }, { when: { call: [] } })],
    ["SCENARIO_KEY", "replies[0].state", "did you mean becomes?", row({ text: "" }, { state: { become: "x" } })],
    ["SCENARIO_VALUE", "scope", "one of credentials, path", JSON.stringify({ scope: "header", replies: [] })],
    ["SCENARIO_VALUE", "replies[0].reply", "keep one of text and throttle", row({ text: "", throttle: {} })],
    ["SCENARIO_VALUE", "replies[0].reply", "say what is answered", row({})],
    ["SCENARIO_KEY", "replies[0].reply", "did you mean throttle?", row({ trottle: {} })],
    ["SCENARIO_KEY", "replies[0].reply", "no other keys than throttle, delayMs", row({ throttle: {}, stopReason: "" })],
    ["SCENARIO_KEY", "replies[0].reply.throttle", "retryAfterSeconds?", row({ throttle: { retryAfter: 1 } })],
    [
      "SCENARIO_VALUE",
      "replies[0].reply.throttle.headers.a",
      "expected a text",
      row({ throttle: { headers: { a: 1 } } }),
    ],
    [
      "SCENARIO_VALUE",
      "replies[0].reply.throttle.headers",
      "encode what is not",
      row({ throttle: { headers: { a: "b\r\nc: d" } } }),
    ],
    [
      "SCENARIO_VALUE",
      "replies[0].reply.throttle.headers",
      "the name of a header",
      row({ throttle: { headers: { "a b": "c" } } }),
    ],
    [
      "SCENARIO_VALUE",
      "replies[0].reply.throttle.headers",
      "the server writes it",
      row({ throttle: { headers: { "Transfer-Encoding": "chunked" } } }),
    ],
    ["SCENARIO_VALUE", "replies[0].reply.error", "a name or a status", row({ error: {} })],
    ["SCENARIO_VALUE", "replies[0].reply.error.status", "from 400 to 599", row({ error: { status: 200 } })],
    ["SCENARIO_VALUE", "replies[0].reply.error.name", "did you mean throttled?", row({ error: { name: "throttle" } })],
    [
      "SCENARIO_VALUE",
      "replies[0].reply.exception",
      "throttlingException?",
      row({ text: "", exception: "throttling" }),
    ],
    ["SCENARIO_VALUE", "replies[0].reply.delayMs", "a number from 0", row({ text: "", delayMs: "1" })],
    ["SCENARIO_VALUE", "replies[0].reply.delayMs", "at most 2147483647", row({ delayMs: 2 ** 31 })],
    ["SCENARIO_VALUE", "replies[0].reply.text", "expected a text", row({ text: 1 })],
    ["SCENARIO_VALUE", "replies[0].reply.content[0].type", "one of text, thinking", row({ content: [{}] })],
    [
      "SCENARIO_KEY",
      "replies[0].reply.content[0]",
      "found no input",
      row({ content: [{ type: "tool_use", name: "a" }] }),
    ],
    ["SCENARIO_KEY", "replies[0].reply.toolCall", "found no name", row({ toolCall: {} })],
  ])("refuses with %s at «%s»: %s", (code, path, message, json) => {
    let error: unknown;
    try {
      parseScenario(json);
    } catch (caught) {
      error = caught;
    }

    expect(error).toBeInstanceOf(FakeError);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ code, path });
    expect((error as FakeError).message).toContain(message);
    expect((error as FakeError).message).toContain(path);
  });
});

test("parseScenario() shows no key that stands in the wrong place", () => {
  const key = "sk-ant-api03-q8Zk2LmT7Xv0RbN4";
  for (const row of [
    { reply: { throttle: { headers: { "x-api-key": `${key}\n` } } } },
    { when: { headers: { "x-api-key": { pattern: key, flags: "g" } } }, reply: { txt: key } },
    { reply: { text: [key] } },
  ]) {
    let message = "";
    try {
      parseScenario(JSON.stringify({ replies: [row] }));
    } catch (error) {
      ({ message } = error as FakeError);
    }
    expect(message).toContain("replies[0]");
    expect(message).not.toContain(key.slice(13));
  }
});
