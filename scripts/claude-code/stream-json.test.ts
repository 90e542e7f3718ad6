import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { contentText, parseStreamJson } from "./stream-json.ts";

/** What Claude Code 2.1.329 printed; fields that nobody reads are left out. */
const recorded = readFileSync(new URL("recorded-turn.jsonl", import.meta.url), "utf8");

describe("parseStreamJson()", () => {
  test("reads a recorded turn", () => {
    expect(parseStreamJson(recorded)).toEqual({
      version: "2.1.329",
      model: "us.anthropic.claude-opus-5-5",
      toolCalls: [
        {
          id: expect.stringMatching(/^toolu_bdrk_/),
          name: "Bash",
          input: { command: "echo hello-from-tool", description: "Say hello" },
          result: { text: "hello-from-tool", isError: false },
        },
      ],
      result: { isError: false, text: "The tool said hello." },
      otherLines: [],
    });
  });

  test("keeps a call without a result, and lines that are no JSON", () => {
    const lines = recorded.split("\n").filter((line) => !line.includes('"tool_result"'));
    const events = parseStreamJson(["warning: odd", ...lines, "{cut"].join("\n"));
    expect(events.toolCalls.map(({ result }) => result)).toEqual([undefined]);
    expect(events.otherLines).toEqual(["warning: odd", "{cut"]);
  });

  test.each([
    [{ type: "result", subtype: "success", is_error: true, result: "API Error: 400" }, "API Error: 400"],
    [{ type: "result", subtype: "error_max_turns", is_error: false }, "error_max_turns"],
  ])("tells an error: %j", (line, text) => {
    expect(parseStreamJson(JSON.stringify(line)).result).toEqual({ isError: true, text });
  });

  test("has no result where the turn was broken off", () => {
    expect(parseStreamJson(recorded.slice(0, recorded.indexOf('"tool_result"')))).toMatchObject({ result: undefined });
  });
});

test.each([
  ["plain", "plain"],
  [[{ type: "text", text: "a" }, { type: "image" }, { type: "text", text: "b" }], "ab"],
  [undefined, ""],
])("contentText() of %j is %j", (content, text) => {
  expect(contentText(content)).toBe(text);
});
