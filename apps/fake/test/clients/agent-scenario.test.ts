import type Anthropic from "@anthropic-ai/sdk";
import {
  type BedrockRuntimeClient,
  type ContentBlock,
  ConverseCommand,
  type ConverseCommandInput,
  ConverseStreamCommand,
  type Message,
} from "@aws-sdk/client-bedrock-runtime";
import { describe, expect, test } from "vitest";
import { createFakeCore, parseScenario } from "../../src/server.ts";
import { serveForFile } from "../support/start-fake.ts";
import { BEDROCK_MODEL, bedrockRuntime, MESSAGES_CLIENTS } from "./make-clients.ts";

/** What an agent meets: a throttle, thinking before two calls at once, a stream that is cut, and an answer. */
const SCENARIO = parseScenario(
  JSON.stringify({
    scope: { header: "x-test-id" },
    replies: [
      {
        name: "throttled",
        state: { was: "started", becomes: "asked" },
        reply: { throttle: { headers: { "retry-after-ms": "1" } } },
      },
      {
        name: "both tools",
        when: { turn: 1 },
        state: { was: "asked" },
        reply: {
          content: [
            { type: "thinking", thinking: "I need both.", signature: "c2lnbmVk" },
            { type: "text", text: "I look." },
            { type: "tool_use", id: "tool_1", name: "get_weather", input: { city: "Paris" } },
            { type: "tool_use", id: "tool_2", name: "get_time", input: {} },
          ],
          usage: { cache_read_input_tokens: 1000 },
        },
      },
      {
        name: "cut",
        when: { turn: 2, toolResult: { name: "get_time", isError: true } },
        times: 1,
        reply: { text: "It rains, and nobody knows the time.", cutAfterEvents: 4 },
      },
      {
        name: "answer",
        when: { turn: 2, toolResult: { name: "get_weather", text: "rain" } },
        reply: { text: "It rains, and nobody knows the time." },
      },
    ],
  }),
);

const fake = serveForFile(createFakeCore({ scenario: SCENARIO }));

/** Ends without a message where the stream does. */
type Ask = (messages: readonly Anthropic.MessageParam[]) => Promise<readonly Anthropic.ContentBlock[] | undefined>;

const NAMES = ["get_weather", "get_time"];
const MAX_TOKENS = 2048;
const THINKING = { type: "enabled" as const, budget_tokens: 1024 };
const input_schema = { type: "object" as const };
/** More than any agent here takes. */
const MAX_REQUESTS = 6;

/** Asks until Claude calls no more tools, once more where a stream was cut. */
async function runAgent(ask: Ask): Promise<readonly Anthropic.MessageParam[]> {
  const messages: Anthropic.MessageParam[] = [{ role: "user", content: "How is the weather, and how late is it?" }];
  for (let request = 0; request < MAX_REQUESTS; request++) {
    const content = await ask(messages);
    if (content === undefined) continue;
    messages.push({ role: "assistant", content: [...content] as Anthropic.ContentBlockParam[] });
    const calls = content.filter((block) => block.type === "tool_use");
    if (calls.length === 0) return messages;
    const results = calls.map(({ id, name }) =>
      name === "get_weather"
        ? { type: "tool_result" as const, tool_use_id: id, content: "14 degrees, rain" }
        : { type: "tool_result" as const, tool_use_id: id, content: "no clock", is_error: true },
    );
    messages.push({ role: "user", content: results });
  }
  return messages;
}

const ANTHROPIC = ["@anthropic-ai/aws-sdk", "@anthropic-ai/bedrock-sdk"] as const;

function askAnthropic(name: (typeof ANTHROPIC)[number], isStream: boolean, testId: string): Ask {
  const { client, model } = MESSAGES_CLIENTS[name]!;
  const { messages: api } = client(fake.server.url, { maxRetries: 1 });
  return async (messages) => {
    const tools = NAMES.map((tool) => ({ name: tool, input_schema }));
    const body = { model, max_tokens: MAX_TOKENS, thinking: THINKING, tools, messages: [...messages] };
    const options = { headers: { "x-test-id": testId } };
    if (!isStream) return (await api.create(body, options)).content;
    try {
      const { content, stop_reason } = await api.stream(body, options).finalMessage();
      return stop_reason === null ? undefined : content;
    } catch (error) {
      // Whether it is an error that a stream ends without its end is for the client to say; a refusal is one.
      if ((error as { readonly status?: number }).status !== undefined) throw error;
      return undefined;
    }
  };
}

function toConverse({ role, content }: Anthropic.MessageParam): Message {
  if (typeof content === "string") return { role: role as "user", content: [{ text: content }] };
  const blocks = content.map((block): ContentBlock => {
    switch (block.type) {
      case "text":
        return { text: block.text };
      case "thinking":
        return { reasoningContent: { reasoningText: { text: block.thinking, signature: block.signature } } };
      case "tool_use":
        return { toolUse: { toolUseId: block.id, name: block.name, input: block.input as {} } };
      case "tool_result":
        return {
          toolResult: {
            toolUseId: block.tool_use_id,
            content: [{ text: String(block.content) }],
            status: block.is_error === true ? "error" : "success",
          },
        };
      default:
        throw new TypeError(`Cannot convert a block ${block.type}`);
    }
  });
  return { role: role as "user", content: blocks };
}

const fromConverse = ({ text, toolUse, reasoningContent }: ContentBlock): Anthropic.ContentBlock => {
  const { text: thinking, signature } = reasoningContent?.reasoningText ?? {};
  if (thinking !== undefined) return { type: "thinking", thinking, signature } as Anthropic.ThinkingBlock;
  if (toolUse === undefined) return { type: "text", text } as Anthropic.TextBlock;
  const { toolUseId: id, name, input } = toolUse;
  return { type: "tool_use", id, name, input } as Anthropic.ToolUseBlock;
};

/** The blocks of a stream of Converse; none where it ends without its end. */
async function readConverseStream(
  client: BedrockRuntimeClient,
  input: ConverseCommandInput,
): Promise<ContentBlock[] | undefined> {
  const { stream = [] } = await client.send(new ConverseStreamCommand(input));
  const blocks: { text: string; thinking: string; signature: string; toolUse?: { toolUseId: string; name: string } }[] =
    [];
  let isOver = false;
  for await (const { contentBlockStart: start, contentBlockDelta: more, messageStop } of stream) {
    const index = start?.contentBlockIndex ?? more?.contentBlockIndex;
    isOver ||= messageStop !== undefined;
    if (index === undefined) continue;
    const block = (blocks[index] ??= { text: "", thinking: "", signature: "" });
    const { toolUseId, name } = start?.start?.toolUse ?? {};
    if (toolUseId !== undefined && name !== undefined) block.toolUse = { toolUseId, name };
    block.text += more?.delta?.text ?? more?.delta?.toolUse?.input ?? "";
    block.thinking += more?.delta?.reasoningContent?.text ?? "";
    block.signature += more?.delta?.reasoningContent?.signature ?? "";
  }
  if (!isOver) return undefined;
  return blocks.map(({ text, thinking, signature, toolUse }): ContentBlock => {
    if (toolUse !== undefined) return { toolUse: { ...toolUse, input: JSON.parse(text) } };
    return thinking === "" ? { text } : { reasoningContent: { reasoningText: { text: thinking, signature } } };
  });
}

function askConverse(isStream: boolean, testId: string): Ask {
  const client = bedrockRuntime(fake.server.url, { maxAttempts: 2 });
  client.middlewareStack.add(
    (next) => (args) => {
      (args.request as { readonly headers: Record<string, string> }).headers["x-test-id"] = testId;
      return next(args);
    },
    { step: "build" },
  );
  const tools = NAMES.map((name) => ({ toolSpec: { name, inputSchema: { json: input_schema } } }));
  return async (messages) => {
    const input: ConverseCommandInput = {
      modelId: BEDROCK_MODEL,
      messages: messages.map(toConverse),
      inferenceConfig: { maxTokens: MAX_TOKENS },
      additionalModelRequestFields: { thinking: THINKING },
      toolConfig: { tools },
    };
    const content = isStream
      ? await readConverseStream(client, input)
      : (await client.send(new ConverseCommand(input))).output?.message?.content;
    return content?.map(fromConverse);
  };
}

/** Every form in which a message is answered, by its operation. */
const ASKS: Readonly<Record<string, (testId: string) => Ask>> = {
  CreateMessage: (testId) => askAnthropic("@anthropic-ai/aws-sdk", false, testId),
  "CreateMessage, streamed": (testId) => askAnthropic("@anthropic-ai/aws-sdk", true, testId),
  InvokeModel: (testId) => askAnthropic("@anthropic-ai/bedrock-sdk", false, testId),
  InvokeModelWithResponseStream: (testId) => askAnthropic("@anthropic-ai/bedrock-sdk", true, testId),
  Converse: (testId) => askConverse(false, testId),
  ConverseStream: (testId) => askConverse(true, testId),
};

describe("an agent", () => {
  test.each(Object.entries(ASKS))("goes through a scenario by %s", async (name, ask) => {
    const before = fake.core.journal.total;
    const messages = await runAgent(ask(name));

    expect(messages.slice(1)).toMatchObject([
      {
        role: "assistant",
        content: [
          { type: "thinking", thinking: "I need both.", signature: "c2lnbmVk" },
          { type: "text", text: "I look." },
          { type: "tool_use", id: "tool_1", name: "get_weather", input: { city: "Paris" } },
          { type: "tool_use", id: "tool_2", name: "get_time", input: {} },
        ],
      },
      { role: "user" },
      { role: "assistant", content: [{ type: "text", text: "It rains, and nobody knows the time." }] },
    ]);
    const rows = fake.core.journal.snapshot().exchanges.slice(before);
    const isStream = /stream/i.test(name);
    expect(rows.map(({ row }) => row)).toEqual(["throttled", "both tools", "cut", ...(isStream ? ["answer"] : [])]);
  });

  test("goes through it in all forms at the same time, each by itself", async () => {
    const all = await Promise.all(Object.entries(ASKS).map(([name, ask]) => runAgent(ask(`${name} at once`))));
    for (const messages of all) {
      expect(messages.at(-1)).toMatchObject({ content: [{ text: "It rains, and nobody knows the time." }] });
    }
  });
});
