import { soakProperty } from "@claude-on-aws/fixtures";
import { createAnswerReader } from "@claude-on-aws/fetch/usage";
import { type ClaudeEvent, encodeClaudeEvent } from "@claude-on-aws/streaming/claude";
import { encodeMessage } from "@claude-on-aws/streaming/event-stream";
import { array, assert, asyncProperty, constantFrom, nat, oneof, record, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { boundSpend } from "../budgets/bound/bound-spend.ts";
import { costOf } from "../budgets/cost/cost-of.ts";
import type { Caller } from "../terms/caller.ts";
import { isOwnRefusal } from "../terms/own-refusal.ts";
import { NO_USAGE, type Usage } from "../terms/usage.ts";
import { Spending } from "./spending.ts";

/** It thinks only where it is asked to; the other one whether it is or not. */
const MODEL = "global.anthropic.claude-haiku-4-5-20251001-v1:0";
const THINKER = "global.anthropic.claude-opus-5-5";
const INPUT_TOKENS = 20;

const utf8 = new TextEncoder();
const lengthOf = (text: string): number => utf8.encode(text).length;
const limits = { models: null, upstreams: null, maxConcurrent: null };
const CALLER: Caller = { name: "ann", proof: "token", groups: [], limits, ownKey: null };

/** What a model writes, and what that really takes: its own tokenizer may make a token of each byte. */
type Block =
  | { readonly type: "text"; readonly deltas: readonly string[] }
  | { readonly type: "tool_use"; readonly name: string; readonly deltas: readonly string[] }
  /** However much of it is shown. */
  | { readonly type: "thinking"; readonly deltas: readonly string[]; readonly tokens: number }
  /** A round of the service's own, which reads the context again. */
  | { readonly type: "server_tool_use"; readonly deltas: readonly string[]; readonly tokens: number };

const pieces = array(string({ unit: "grapheme", maxLength: 12 }), { maxLength: 4 });
const tokens = nat({ max: 900 });
const blocks = array(
  oneof(
    record({ type: constantFrom("text" as const), deltas: pieces }),
    record({ type: constantFrom("tool_use" as const), name: string({ minLength: 1 }), deltas: pieces }),
    record({ type: constantFrom("thinking" as const), deltas: pieces, tokens }),
    record({ type: constantFrom("server_tool_use" as const), deltas: pieces, tokens }),
  ),
  { maxLength: 5 },
);

/** An event, and what the model has really used as soon as it is sent. */
interface Sent {
  readonly event: ClaudeEvent;
  readonly used: Usage;
}

const DELTAS = {
  text: "text",
  tool_use: "partial_json",
  thinking: "thinking",
  server_tool_use: "partial_json",
} as const;
const KINDS = { text: "text", tool_use: "input_json", thinking: "thinking", server_tool_use: "input_json" } as const;

/** Streams a message; whatever is not shown was done before the first event. */
function stream(message: readonly Block[]): Sent[] {
  const hidden = (kind: Block["type"]): number =>
    message.reduce((sum, block) => sum + (block.type === kind && "tokens" in block ? block.tokens : 0), 0);
  let output = hidden("thinking");
  const sent: Sent[] = [];
  const add = (event: object): void => {
    const used = { ...NO_USAGE, inputTokens: INPUT_TOKENS + hidden("server_tool_use"), outputTokens: output };
    sent.push({ event: event as ClaudeEvent, used });
  };
  add({ type: "message_start", message: { usage: { input_tokens: INPUT_TOKENS, output_tokens: 1 } } });
  for (const [index, block] of message.entries()) {
    const { type, deltas } = block;
    if (block.type === "tool_use") output += lengthOf(block.name);
    const empty = type === "text" || type === "thinking" ? { [DELTAS[type]]: "" } : { id: "toolu_1", input: {} };
    add({
      type: "content_block_start",
      index,
      content_block: { type, ...empty, ...("name" in block && { name: block.name }) },
    });
    for (const delta of deltas) {
      if (type !== "thinking") output += lengthOf(delta);
      add({ type: "content_block_delta", index, delta: { type: `${KINDS[type]}_delta`, [DELTAS[type]]: delta } });
    }
    add({ type: "content_block_stop", index });
  }
  const usage = { input_tokens: INPUT_TOKENS + hidden("server_tool_use"), output_tokens: Math.max(1, output) };
  add({ type: "message_delta", delta: { stop_reason: "end_turn", stop_sequence: null }, usage });
  add({ type: "message_stop" });
  return sent;
}

const toSse = (event: ClaudeEvent): Uint8Array =>
  utf8.encode(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);

/** How Converse says the same; what it has no event for is left out. */
function toConverse(event: ClaudeEvent): Uint8Array {
  const {
    type,
    index: contentBlockIndex,
    delta = {},
    content_block: block = {},
    usage = {},
  } = event as unknown as {
    readonly type: string;
    readonly index?: number;
    readonly delta?: Readonly<Record<string, unknown>>;
    readonly content_block?: Readonly<Record<string, unknown>>;
    readonly usage?: Readonly<Record<string, unknown>>;
  };
  const { text, thinking, partial_json: input } = delta;
  const written =
    text !== undefined
      ? { text }
      : thinking === undefined
        ? { toolUse: { input } }
        : { reasoningContent: { text: thinking } };
  const words: Readonly<Record<string, readonly (readonly [string, object])[]>> = {
    message_start: [["messageStart", { role: "assistant" }]],
    content_block_start:
      block["name"] === undefined
        ? []
        : [["contentBlockStart", { contentBlockIndex, start: { toolUse: { name: block["name"] } } }]],
    content_block_delta: [["contentBlockDelta", { contentBlockIndex, delta: written }]],
    content_block_stop: [["contentBlockStop", { contentBlockIndex }]],
    message_delta: [["messageStop", { stopReason: "end_turn" }]],
    message_stop: [
      ["metadata", { usage: { inputTokens: usage["input_tokens"], outputTokens: usage["output_tokens"] } }],
    ],
  };
  const frames = (words[type] ?? []).map(([name, payload]) =>
    encodeMessage({
      headers: { ":event-type": { type: "string", value: name }, ":message-type": { type: "string", value: "event" } },
      payload: utf8.encode(JSON.stringify(payload)),
    }),
  );
  return Buffer.concat(frames);
}

/** A media type, what writes an event in it, and what is answered in it. */
type Form = readonly [
  type: string,
  write: (event: ClaudeEvent) => Uint8Array,
  operation: "CreateMessage" | "InvokeModelWithResponseStream" | "ConverseStream",
];

const SSE: Form = ["text/event-stream", toSse, "CreateMessage"];
const FORMS: readonly Form[] = [
  SSE,
  ["application/vnd.amazon.eventstream", (event) => encodeClaudeEvent(event), "InvokeModelWithResponseStream"],
  ["application/vnd.amazon.eventstream", toConverse, "ConverseStream"],
];

/** Counts a stream that ended after some of its events, as an exchange does. */
async function settle(
  model: string,
  [type, write, operation]: Form,
  body: object,
  sent: readonly Sent[],
  elapsedMs = Number.POSITIVE_INFINITY,
) {
  const settled: { usage: Usage; microUsd: number | null }[] = [];
  const reserve = async () => ({
    caps: [],
    settle: async (usage: Usage, microUsd: number | null) => void settled.push({ usage, microUsd }),
    renew: () => {},
  });
  const budgets = { reserve, capsOf: async () => [], isReady: async () => true, close: async () => {} };
  const service = { budgets, bound: boundSpend, cost: costOf, nowMs: () => 0, onError: () => {} };
  const bytes = utf8.encode(JSON.stringify(body));
  const spending = await Spending.reserve(service, {
    id: "1",
    caller: CALLER,
    operation,
    model,
    upstreamModels: [model],
    isStreamed: true,
    body: bytes,
  });
  if (isOwnRefusal(spending)) throw new Error("Expected that it is let through");
  const reader = createAnswerReader(type);
  for (const { event } of sent) reader?.feed(write(event));
  spending.settle({
    wasSent: true,
    lost: 0,
    said: reader?.usage ?? null,
    isCounted: reader?.isCounted === true,
    mostStreamedTokens: reader?.mostStreamedTokens ?? 0,
    elapsedMs,
    isError: false,
    isWhole: reader?.isWhole === true,
    model,
  });
  return settled[0] ?? { usage: NO_USAGE, microUsd: null };
}

const tokensOf = ({
  inputTokens,
  outputTokens,
  cacheReadTokens,
  cacheWriteTokens,
  cacheWriteHourTokens,
}: Usage): number => inputTokens + outputTokens + cacheReadTokens + cacheWriteTokens + cacheWriteHourTokens;

/** What asks for such a message, and takes no more than it says. */
function bodyOf(message: readonly Block[], isConverse: boolean, most: number): object {
  const has = (type: Block["type"]): boolean => message.some((block) => block.type === type);
  const thinking = has("thinking") ? { type: "adaptive" } : undefined;
  const messages = [{ role: "user", content: [{ type: "text", text: "Hello" }] }];
  if (isConverse) {
    const toolConfig = has("server_tool_use") ? { tools: [{ systemTool: { name: "nova_grounding" } }] } : undefined;
    return { messages, inferenceConfig: { maxTokens: most }, toolConfig, additionalModelRequestFields: { thinking } };
  }
  const tools = has("server_tool_use") ? [{ type: "web_fetch_20250910", name: "web_fetch" }] : undefined;
  return { max_tokens: most, thinking, tools, messages };
}

describe.each(FORMS)("a stream of %s that breaks off", (...form) => {
  const [, , operation] = form;

  test("counts no less than the model has really used, wherever that is", async () => {
    const isEnough = asyncProperty(blocks, constantFrom(MODEL, THINKER), async (message, model) => {
      const sent = stream(message);
      const most = Math.max(1, sent.at(-1)?.used.outputTokens ?? 0);
      const body = bodyOf(message, operation === "ConverseStream", most);
      for (const [at, { used }] of sent.entries()) {
        const { usage, microUsd } = await settle(model, form, body, sent.slice(0, at + 1));
        expect(microUsd).toBeGreaterThanOrEqual(costOf(used, model));
        expect(tokensOf(usage)).toBeGreaterThanOrEqual(tokensOf(used));
      }
    });
    await assert(isEnough, soakProperty(20_000, 100));
  });

  test("counts what streamed, and not what was reserved, where a model cannot think unseen", async () => {
    const sent = stream([{ type: "text", deltas: ["Good ", "morning"] }]);
    const { usage } = await settle(MODEL, form, bodyOf([], operation === "ConverseStream", 60_000), sent.slice(0, 4));

    expect(usage.outputTokens).toBeGreaterThanOrEqual("Good morning".length);
    expect(usage.outputTokens).toBeLessThan(200);
  });
});

test("a stream that was cut behind the service's last word counts what that says", async () => {
  const message: Block[] = [{ type: "thinking", deltas: [], tokens: 700 }];
  const { usage } = await settle(THINKER, SSE, bodyOf(message, false, 60_000), stream(message).slice(0, -1));

  expect(usage).toEqual({ ...NO_USAGE, inputTokens: INPUT_TOKENS, outputTokens: 700 });
});

test.each([
  ["asks for thinking", MODEL, { thinking: { type: "enabled", budget_tokens: 1024 } }, 9_000],
  ["leaves thinking to a model that does", THINKER, {}, 9_000],
  ["turns it off", "claude-opus-5", { thinking: { type: "disabled" } }, 0],
  ["leaves it to a model that thinks when it is asked", MODEL, {}, 0],
  ["leaves it to a model that nobody knows", "my-deployment", {}, 9_000],
])(
  "a stream of which nothing came counts the output that may be unseen: the body %s",
  async (_, model, more, output) => {
    const body = { max_tokens: 9_000, ...more, messages: [{ role: "user", content: "Hello" }] };
    const { usage } = await settle(model, SSE, body, []);

    expect(usage).toMatchObject({ inputTokens: JSON.stringify(body).length, outputTokens: output });
  },
);

test.each([
  ["thinks", MODEL, { thinking: { type: "enabled", budget_tokens: 1024 } }, 2_000],
  ["may think", THINKER, {}, 2_000],
  ["has tools of the service", THINKER, { tools: [{ type: "web_fetch_20250910", name: "web_fetch" }] }, 60_000],
])(
  "a stream that was cut after three seconds counts what can be written by then: a model that %s",
  async (_, model, more, output) => {
    const body = { ...bodyOf([], false, 60_000), ...more };
    const started = stream([{ type: "thinking", deltas: [], tokens: 0 }]).slice(0, 1);

    expect((await settle(model, SSE, body, started, 3_000)).usage.outputTokens).toBe(output);
    expect((await settle(model, SSE, body, [], 3_000)).usage.outputTokens).toBe(output);
  },
);
