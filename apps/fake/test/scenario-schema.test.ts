import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import schema from "../scenario.schema.json" with { type: "json" };
import { readScenarioFile } from "../src/scenario/read/read-scenario-file.ts";

const validate = new Ajv({ strict: true, strictRequired: false, strictTypes: false, allErrors: true }).compile(schema);

const isReadable = (file: unknown): boolean => readScenarioFile(JSON.stringify(file)).problems.length === 0;
const ofRow = (row: object): object => ({ replies: [row] });
const ofReply = (reply: unknown): object => ofRow({ reply });
const ofWhen = (when: unknown): object => ofRow({ when, reply: { text: "a" } });

const GOOD: readonly object[] = [
  { replies: [] },
  { $schema: "./scenario.schema.json", extends: ["a.json"], scope: "path", replies: [] },
  { extends: "a.json" },
  { scope: { header: "x-test-id" }, replies: [] },
  ofRow({ name: "a", times: 2, state: { was: "a", becomes: "b" }, reply: { text: "" } }),
  ofRow({ timing: { firstTokenMs: 1.5, tokensPerSecond: 50, jitter: 0.5, seed: 3, chunks: ["a"] } }),
  ofWhen({ provider: "mantle", operation: "CreateMessage", model: "*", text: "a", turn: 1, call: 3 }),
  ofWhen({ operation: ["Converse", "ConverseStream"], text: { pattern: "a", flags: "iu" }, call: [1, 2] }),
  ofWhen({ toolResult: {}, userAgent: { pattern: "a" }, headers: { a: true, b: "c", d: { pattern: "e" } } }),
  ofWhen({ toolResult: { name: "a", text: "b", isError: true } }),
  ofReply({ text: "a", usage: { cache_read_input_tokens: 1, service_tier: "batch" }, stopReason: "refusal" }),
  ofReply({ json: [1, { a: null }], delayMs: 1, eventDelayMs: 2 }),
  ofReply({ toolCalls: [{ name: "a" }, { name: "b", input: {}, id: "c" }] }),
  ofReply({ cutAfterEvents: 2 }),
  ofReply({ text: "a", failAfterEvents: 0, exception: "throttlingException", exceptionMessage: "b" }),
  ofReply({
    content: [
      { type: "text", text: "a", citations: [{}] },
      { type: "thinking", thinking: "a", signature: "b" },
      { type: "server_tool_use", name: "web_search", input: {} },
      { type: "web_search_tool_result", tool_use_id: "a", content: [] },
      { type: "mcp_tool_use", name: "a", server_name: "b", input: {} },
    ],
  }),
  ofReply({ throttle: { retryAfterSeconds: 1, message: "a", headers: { a: "b" } } }),
  ofReply({ error: { name: "internal", status: 503 }, delayMs: 5 }),
];

const BAD: readonly unknown[] = [
  [],
  {},
  { replys: [] },
  { replies: {} },
  { scope: "header", replies: [] },
  { scope: {}, replies: [] },
  { extends: [], replies: [] },
  ofRow({}),
  ofRow({ when: {} }),
  ofRow({ times: 0, reply: { text: "" } }),
  ofRow({ timing: { tokensPerSecond: 0 } }),
  ofRow({ timing: { jitter: 2 } }),
  ofRow({ timing: { chunks: [] } }),
  ofWhen({ text: 1 }),
  ofWhen({ text: {} }),
  ofWhen({ text: { pattern: "a", flags: "g" } }),
  ofWhen({ turn: "1" }),
  ofWhen({ operation: "converse" }),
  ofWhen({ operation: [] }),
  ofWhen({ call: 1.5 }),
  ofWhen({ headers: { a: false } }),
  ofWhen({ matches: true }),
  ofReply({}),
  ofReply("a"),
  ofReply({ text: "a", throttle: {} }),
  ofReply({ text: "a", json: 1 }),
  ofReply({ throttle: {}, stopReason: "a" }),
  ofReply({ toolCalls: [] }),
  ofReply({ toolCall: {} }),
  ofReply({ content: [{ type: "image" }] }),
  ofReply({ content: [{ type: "tool_use", name: "a" }] }),
  ofReply({ content: [{ text: "a" }] }),
  ofReply({ usage: { input_tokens: "1" } }),
  ofReply({ error: { status: 200 } }),
  ofReply({ delayMs: -1 }),
];

describe("scenario.schema.json", () => {
  test.each(GOOD.map((file) => [JSON.stringify(file), file] as const))("takes what is read: %s", (_, file) => {
    expect(isReadable(file)).toBe(true);
    validate(file);
    expect(validate.errors).toBeNull();
  });

  test.each(BAD.map((file) => [JSON.stringify(file), file] as const))("refuses what is refused: %s", (_, file) => {
    expect(isReadable(file)).toBe(false);
    expect(validate(file)).toBe(false);
  });
});
