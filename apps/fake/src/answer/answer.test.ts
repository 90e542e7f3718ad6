import { describe, expect, test } from "vitest";
import type { Exchange } from "../exchange/exchange.ts";
import { OPERATIONS } from "../operations/operations.ts";
import { resolveOptions } from "../configure/resolve-options.ts";
import { answer } from "./answer.ts";

const SETTINGS = resolveOptions({ randomUuid: () => "01234567-89ab-cdef-0123-456789abcdef" });

const exchange = (input: object, name = "CreateMessage"): Exchange => {
  const operation = OPERATIONS.find((candidate) => candidate.name === name);
  if (operation === undefined) throw new Error(`no operation ${name}`);
  return {
    id: "1",
    receivedAt: new Date(0),
    request: { method: "POST", target: "/", headers: [], httpVersion: "1.1", body: new Uint8Array(), wire: "received" },
    route: { provider: operation.provider, operation, parameters: {}, query: new URLSearchParams() },
    input: input as Record<string, unknown>,
    model: { requested: "claude-sonnet-4-6", model: "claude-sonnet-4-6" },
    checked: [],
  };
};

const contentOf = (input: object, name?: string): unknown => answer(exchange(input, name), SETTINGS).content;

const user = (content: unknown) => ({ role: "user", content });
const assistant = (content: unknown) => ({ role: "assistant", content });
const CALL = { type: "tool_use", id: "toolu_1", name: "Glob", input: {} };
const result = (content: unknown) => user([{ type: "tool_result", tool_use_id: "toolu_1", content }]);
const schema = (...required: string[]) => ({
  type: "object",
  properties: Object.fromEntries(required.map((name) => [name, { type: "string" }])),
  required,
});
const TOOLS = [
  { name: "Bash", input_schema: schema("command") },
  { name: "LS", input_schema: schema("path") },
];
const text = (value: string) => [{ type: "text", text: value }];

describe("answer()", () => {
  test.each<[string, unknown[], string]>([
    ["a text", [user("Hello")], "Hello"],
    ["blocks", [user([{ type: "text", text: "one" }, { type: "image" }, { type: "text", text: "two" }])], "one\ntwo"],
    ["no text", [user([{ type: "image" }])], "There was no text to echo."],
    ["a system message after the user's", [user("Hello"), { role: "system", content: "be kind" }], "Hello"],
    ["the beginning of an answer", [user("Hello"), assistant("H")], "Hello"],
  ])("echoes %s", (_, messages, expected) => {
    expect(contentOf({ messages })).toEqual(text(expected));
  });

  test("calls a tool in the directory that the client names", () => {
    const system = [
      { type: "text", text: "Be brief" },
      { type: "text", text: "Working directory: /home/me/app\nToday" },
    ];

    expect(contentOf({ system, tools: TOOLS, messages: [user("Look")] })).toMatchObject([
      { type: "tool_use", name: "LS", input: { path: "/home/me/app" } },
    ]);
    expect(contentOf({ tools: TOOLS, messages: [user("Look")] })).toMatchObject([{ input: { path: "." } }]);
  });

  test.each<[string, unknown[], boolean]>([
    ["the user's first message", [user("Go")], true],
    [
      "a new message of the user's",
      [user("Go"), assistant([CALL]), result("a"), assistant("Done"), user("Again")],
      true,
    ],
    ["a tool result", [user("Go"), assistant([CALL]), result("a.txt")], false],
    ["a tool result and a text", [user("Go"), assistant([CALL]), result("a.txt"), user("a reminder")], false],
    ["the beginning of an answer", [user("Go"), assistant("I")], false],
  ])("after %s, calls: %#", (_, messages, calls) => {
    const [block] = contentOf({ tools: TOOLS, messages }) as { type: string }[];

    expect(block?.type).toBe(calls ? "tool_use" : "text");
  });

  test.each<[string, unknown, string]>([
    ["a text", "a.txt", "The tool returned: a.txt"],
    ["blocks", [{ type: "text", text: "a.txt" }], "The tool returned: a.txt"],
    ["nothing", "", "The tool returned nothing."],
    ["what Claude Code adds to", "a.txt\n<system-reminder>\nBe brief.\n</system-reminder>", "The tool returned: a.txt"],
    ["much", "x".repeat(500), `The tool returned: ${"x".repeat(200)}…`],
  ])("quotes %s that a tool returned", (_, content, expected) => {
    expect(contentOf({ tools: TOOLS, messages: [user("Go"), assistant([CALL]), result(content)] })).toEqual(
      text(expected),
    );
  });

  test("does as much on Converse", () => {
    const toolConfig = { tools: [{ toolSpec: { name: "Glob", inputSchema: { json: schema("pattern") } } }] };
    const messages = [user([{ text: "Go" }])];
    const answered = user([{ toolResult: { toolUseId: "1", content: [{ json: { a: 1 } }] } }]);
    const outputConfig = {
      textFormat: { type: "json_schema", structure: { jsonSchema: { schema: JSON.stringify(schema("query")) } } },
    };

    expect(contentOf({ messages, toolConfig }, "Converse")).toMatchObject([
      { type: "tool_use", id: expect.stringMatching(/^tooluse_/), name: "Glob", input: { pattern: "*" } },
    ]);
    expect(contentOf({ messages: [...messages, assistant([]), answered], toolConfig }, "Converse")).toEqual(
      text('The tool returned: {"a":1}'),
    );
    expect(contentOf({ messages, outputConfig }, "ConverseStream")).toEqual(text('{"query":"Go"}'));
  });

  test("gives the same answer to the same request", () => {
    const given = exchange({ tools: TOOLS, messages: [user("Go")] });

    expect(answer(given, SETTINGS)).toEqual(answer(given, SETTINGS));
  });

  test("cuts no character in two", () => {
    const { content, stop_reason } = answer(exchange({ max_tokens: 1, messages: [user("ab👩ab")] }), SETTINGS);

    expect(content).toEqual(text("ab"));
    expect(stop_reason).toBe("max_tokens");
  });
});
