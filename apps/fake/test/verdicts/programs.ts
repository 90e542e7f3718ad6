import { createAmazonBedrock } from "@ai-sdk/amazon-bedrock";
import { createBedrockAnthropic } from "@ai-sdk/amazon-bedrock/anthropic";
import type { ContentBlock, Message as ConverseMessage } from "@aws-sdk/client-bedrock-runtime";
import { ConverseCommand, ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { generateText, jsonSchema, type LanguageModel, type ModelMessage, stepCountIs, streamText, tool } from "ai";
import { EXAMPLE_CREDENTIALS } from "../../src/server.ts";
import { BEDROCK_MODEL, bedrockRuntime, MESSAGES_CLIENTS } from "../clients/make-clients.ts";

/**
 * A program that trusts its client: it goes on with what the client gives it, and where the client throws, it drops what
 * came. Each of its methods is a conversation.
 */
export interface Program {
  /** Asks, and is answered in one piece. */
  readonly ask: (question: string) => Promise<unknown>;
  /** Streams an answer and asks a second question; where the answer throws, the first one again, and throws it then. */
  readonly converse: () => Promise<unknown>;
  /** Streams an answer with thinking that calls a tool, and gives the result. */
  readonly useTool: () => Promise<unknown>;
  /** Aborts a stream in the middle of a call, and asks something else: that is answered. */
  readonly abort: () => Promise<unknown>;
}

/** An official client, with the options that it has by itself. */
export interface OfficialClient {
  readonly name: string;
  /** Whose version it has. */
  readonly package: string;
  readonly program: (url: string) => Program;
}

const HELLO = "What is the weather?";
const NEXT = "And tomorrow?";
const SCHEMA = {
  type: "object" as const,
  properties: { city: { type: "string" as const } },
  additionalProperties: false,
};
const RESULT = "It rains.";

/** Goes on with an answer, or asks again and throws what was thrown. */
async function goOn<Answer>(
  answer: () => Promise<Answer>,
  next: (answer: Answer) => Promise<unknown>,
  again: () => Promise<unknown>,
): Promise<void> {
  let answered: Answer;
  try {
    answered = await answer();
  } catch (error) {
    await again();
    throw error;
  }
  await next(answered);
}

/** How each model is asked to think. */
const THINKING: Readonly<Record<string, { type: "adaptive" } | { type: "enabled"; budget_tokens: number }>> = {
  "anthropic.claude-opus-4-7": { type: "adaptive" },
};
const BUDGET = 1024;

function messagesProgram(name: string, url: string): Program {
  const { client: make, model } = MESSAGES_CLIENTS[name] ?? {};
  if (make === undefined || model === undefined) throw new Error(`There is no client ${name}`);
  const { messages: api } = make(url, { maxRetries: 2 });
  type Asked = Parameters<typeof api.create>[0]["messages"];
  const question = (content: string): Asked[number] => ({ role: "user", content });
  const send = (messages: Asked, more: object = {}) => api.create({ model, max_tokens: 2000, messages, ...more });
  const stream = (more: object = {}) =>
    api.stream({ model, max_tokens: 2000, messages: [question(HELLO)], ...more }).finalMessage();
  const tools = [{ name: "get_weather", input_schema: SCHEMA }];
  return {
    ask: (text) => send([question(text)]),
    converse: () =>
      goOn(
        () => stream(),
        ({ content }) => send([question(HELLO), { role: "assistant", content }, question(NEXT)]),
        () => send([question(HELLO)]),
      ),
    useTool: async () => {
      const more = { tools, thinking: THINKING[model] ?? { type: "enabled", budget_tokens: BUDGET } };
      const { content } = await stream(more);
      const results = content.flatMap((block) =>
        block.type === "tool_use" ? [{ type: "tool_result" as const, tool_use_id: block.id, content: RESULT }] : [],
      );
      await send([question(HELLO), { role: "assistant", content }, { role: "user", content: results }], more);
    },
    abort: async () => {
      const running = api.stream({ model, max_tokens: 2000, messages: [question(HELLO)], tools });
      running.on("inputJson", () => running.abort());
      await running.finalMessage().catch(() => {});
      await send([question(NEXT)]);
    },
  };
}

function awsProgram(url: string): Program {
  const client = bedrockRuntime(url, { maxAttempts: 3 });
  const question = (text: string): ConverseMessage => ({ role: "user", content: [{ text }] });
  const tools = {
    toolConfig: { tools: [{ toolSpec: { name: "get_weather", inputSchema: { json: SCHEMA } } }] },
  };
  const send = (messages: ConverseMessage[], more: object = {}) =>
    client.send(
      new ConverseCommand({ modelId: BEDROCK_MODEL, inferenceConfig: { maxTokens: 2000 }, messages, ...more }),
    );
  const open = async (more: object = {}, abortSignal?: AbortSignal) => {
    const asked = {
      modelId: BEDROCK_MODEL,
      inferenceConfig: { maxTokens: 2000 },
      messages: [question(HELLO)],
      ...more,
    };
    const { stream } = await client.send(new ConverseStreamCommand(asked), abortSignal ? { abortSignal } : {});
    return stream ?? [];
  };
  /** The client gives events alone: what they add up to is the program's own. */
  const answer = async (more: object = {}): Promise<ContentBlock[]> => {
    const blocks: {
      text?: string;
      thinking?: string;
      signature?: string;
      call?: [id: string, name: string];
      input?: string;
    }[] = [];
    for await (const { contentBlockStart, contentBlockDelta } of await open(more)) {
      const index = contentBlockStart?.contentBlockIndex ?? contentBlockDelta?.contentBlockIndex;
      if (index === undefined) continue;
      const block = (blocks[index] ??= {});
      const { toolUseId = "", name = "" } = contentBlockStart?.start?.toolUse ?? {};
      if (toolUseId !== "") block.call = [toolUseId, name];
      const { text, toolUse, reasoningContent: reasoning } = contentBlockDelta?.delta ?? {};
      if (text !== undefined) block.text = `${block.text ?? ""}${text}`;
      if (toolUse?.input !== undefined) block.input = `${block.input ?? ""}${toolUse.input}`;
      if (reasoning?.text !== undefined) block.thinking = `${block.thinking ?? ""}${reasoning.text}`;
      if (reasoning?.signature !== undefined) block.signature = reasoning.signature;
    }
    return blocks.map(({ text, thinking, signature, call, input }): ContentBlock => {
      if (call !== undefined)
        return { toolUse: { toolUseId: call[0], name: call[1], input: JSON.parse(input ?? "{}") } };
      if (thinking !== undefined) return { reasoningContent: { reasoningText: { text: thinking, signature } } };
      return { text: text ?? "" };
    });
  };
  return {
    ask: (text) => send([question(text)]),
    converse: () =>
      goOn(
        () => answer(),
        (content) => send([question(HELLO), { role: "assistant", content }, question(NEXT)]),
        () => send([question(HELLO)]),
      ),
    useTool: async () => {
      const thinking = { thinking: { type: "enabled", budget_tokens: BUDGET } };
      const more = { ...tools, additionalModelRequestFields: thinking };
      const content = await answer(more);
      const results = content.flatMap(({ toolUse }) =>
        toolUse === undefined ? [] : [{ toolResult: { toolUseId: toolUse.toolUseId, content: [{ text: RESULT }] } }],
      );
      await send([question(HELLO), { role: "assistant", content }, { role: "user", content: results }], more);
    },
    abort: async () => {
      const leaving = new AbortController();
      try {
        for await (const event of await open(tools, leaving.signal)) {
          if (event.contentBlockDelta?.delta?.toolUse !== undefined) leaving.abort();
        }
      } catch {
        // What is thrown depends on the runtime.
      }
      await send([question(NEXT)]);
    },
  };
}

function aiSdkProgram(model: LanguageModel, thinking: Parameters<typeof streamText>[0]["providerOptions"]): Program {
  const question = (content: string): ModelMessage => ({ role: "user", content });
  const tools = {
    get_weather: tool({ inputSchema: jsonSchema<object>(SCHEMA), execute: async () => RESULT }),
  };
  const send = (...messages: ModelMessage[]) => generateText({ model, messages });
  /** Errors come as parts of the stream. */
  const stream = async (more: object = {}, onPart: (type: string) => void = () => {}): Promise<ModelMessage[]> => {
    const running = streamText({ model, messages: [question(HELLO)], onError: () => {}, ...more });
    let error: unknown;
    for await (const part of running.stream) {
      if (part.type === "error") error ??= part.error;
      onPart(part.type);
    }
    if (error !== undefined) throw error;
    return (await running.response).messages;
  };
  return {
    ask: (text) => send(question(text)),
    converse: () =>
      goOn(
        () => stream(),
        (messages) => send(question(HELLO), ...messages, question(NEXT)),
        () => send(question(HELLO)),
      ),
    useTool: () => stream({ tools, stopWhen: stepCountIs(3), providerOptions: thinking }),
    abort: async () => {
      const leaving = new AbortController();
      const more = { tools, stopWhen: stepCountIs(3), abortSignal: leaving.signal };
      await stream(more, (type) => {
        if (type === "tool-input-delta") leaving.abort();
      }).catch(() => {});
      await send(question(NEXT));
    },
  };
}

const { accessKeyId, secretAccessKey } = EXAMPLE_CREDENTIALS;
const aiSdkOptions = (baseURL: string) => ({ region: "us-east-2", baseURL, accessKeyId, secretAccessKey });

/** Every official client for JavaScript; Claude Code has a command of its own. */
export const OFFICIAL_CLIENTS: readonly OfficialClient[] = [
  ...Object.keys(MESSAGES_CLIENTS).map((name) => ({
    name,
    package: name.replace(/^.* of /, ""),
    program: (url: string) => messagesProgram(name, url),
  })),
  { name: "@aws-sdk/client-bedrock-runtime", package: "@aws-sdk/client-bedrock-runtime", program: awsProgram },
  {
    name: "@ai-sdk/amazon-bedrock",
    package: "@ai-sdk/amazon-bedrock",
    program: (url) =>
      aiSdkProgram(createAmazonBedrock(aiSdkOptions(url))(BEDROCK_MODEL), {
        bedrock: { reasoningConfig: { type: "enabled", budgetTokens: BUDGET } },
      }),
  },
  {
    name: "@ai-sdk/amazon-bedrock/anthropic",
    package: "@ai-sdk/amazon-bedrock",
    program: (url) =>
      aiSdkProgram(createBedrockAnthropic(aiSdkOptions(url))(BEDROCK_MODEL), {
        anthropic: { thinking: { type: "enabled", budgetTokens: BUDGET } },
      }),
  },
];
