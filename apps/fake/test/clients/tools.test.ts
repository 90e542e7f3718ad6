import type { AnthropicAws } from "@anthropic-ai/aws-sdk";
import type Anthropic from "@anthropic-ai/sdk";
import {
  type ContentBlock,
  ConverseCommand,
  ConverseStreamCommand,
  type ConverseStreamCommandInput,
  type Message,
} from "@aws-sdk/client-bedrock-runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startFake } from "../support/start-fake.ts";
import { BEDROCK_MODEL, bedrockRuntime, MESSAGES_CLIENTS } from "./make-clients.ts";

const fake = startFake();

const INPUT_SCHEMA = {
  type: "object" as const,
  properties: { city: { type: "string" }, unit: { enum: ["celsius", "fahrenheit"] }, days: { type: "integer" } },
  required: ["city", "unit"],
};
const INPUT = { city: "Paris", unit: "celsius" };
const tools = [
  { name: "send_mail", description: "Sends a mail", input_schema: { type: "object" as const } },
  { name: "get_weather", description: "Tells the weather", input_schema: INPUT_SCHEMA },
];

type Client = Pick<AnthropicAws, "messages">;
type Request = Anthropic.MessageCreateParamsNonStreaming;

const WAYS: Readonly<Record<string, (client: Client, request: Request) => Promise<Anthropic.Message>>> = {
  create: (client, request) => client.messages.create(request),
  stream: (client, request) => client.messages.stream(request).finalMessage(),
};

/** Longer than any loop here takes. */
const MAX_TURNS = 5;

describe.each(Object.entries(MESSAGES_CLIENTS))("%s", (name, { client, model }) => {
  describe.each(Object.entries(WAYS))("with messages.%s()", (_, ask) => {
    const common = { model, max_tokens: 256, tools };

    test("runs a loop of tools to its end", async () => {
      const messages: Anthropic.MessageParam[] = [{ role: "user", content: "What is the weather?" }];
      const stops: unknown[] = [];
      const calls: unknown[] = [];
      let text = "";
      while (stops.at(-1) !== "end_turn" && stops.length < MAX_TURNS) {
        const { stop_reason, content } = await ask(client(fake.server.url), { ...common, messages });
        stops.push(stop_reason);
        const results: Anthropic.ToolResultBlockParam[] = [];
        for (const block of content) {
          if (block.type === "text") text = block.text;
          if (block.type !== "tool_use") continue;
          calls.push([block.name, block.input]);
          results.push({ type: "tool_result", tool_use_id: block.id, content: "18 degrees and rain" });
        }
        messages.push({ role: "assistant", content }, { role: "user", content: results });
      }

      expect(stops).toEqual(["tool_use", "end_turn"]);
      expect(calls).toEqual([["get_weather", INPUT]]);
      expect(text).toContain("18 degrees and rain");
    });

    test("calls the tool that it must, and none where it may not", async () => {
      const messages = [{ role: "user" as const, content: "Hello" }];
      const named = await ask(client(fake.server.url), {
        ...common,
        messages,
        tool_choice: { type: "tool", name: "send_mail" },
      });
      const none = await ask(client(fake.server.url), { ...common, messages, tool_choice: { type: "none" } });

      expect(named.content).toMatchObject([{ type: "tool_use", name: "send_mail", input: {} }]);
      expect(none.content).toMatchObject([{ type: "text", text: "Hello" }]);
    });

    test("gets the beginning of a text where it may not be longer", async () => {
      const request = { model, max_tokens: 2, messages: [{ role: "user" as const, content: "Hello, hello, hello" }] };
      const message = await ask(client(fake.server.url), request);

      expect(message).toMatchObject({ stop_reason: "max_tokens", usage: { output_tokens: 2 } });
      expect(message.content).toMatchObject([{ text: "Hello, h" }]);
    });

    test("probes with one token", async () => {
      const messages = [{ role: "user" as const, content: "quota" }];
      const message = await ask(client(fake.server.url), { ...common, max_tokens: 1, messages });

      expect(message).toMatchObject({ stop_reason: "max_tokens", content: [{ type: "text", text: "quot" }] });
    });

    // Mantle has no structured output.
    if (name.includes("Mantle")) return;

    test("gets JSON of the schema that it gives", async () => {
      const message = await ask(client(fake.server.url), {
        model,
        max_tokens: 256,
        messages: [{ role: "user", content: "Name this" }],
        output_config: { format: { type: "json_schema", schema: INPUT_SCHEMA } },
      });
      const [block] = message.content;

      expect(JSON.parse(block?.type === "text" ? block.text : "")).toEqual(INPUT);
    });
  });

  test("gets the input of a tool in pieces", async () => {
    const pieces: string[] = [];
    const stream = client(fake.server.url).messages.stream({
      model,
      max_tokens: 256,
      tools,
      messages: [{ role: "user", content: "What is the weather?" }],
    });
    stream.on("inputJson", (piece) => pieces.push(piece));
    await stream.finalMessage();

    expect(pieces.length).toBeGreaterThan(2);
    expect(JSON.parse(pieces.join(""))).toEqual(INPUT);
  });
});

describe("BedrockRuntimeClient over HTTP/2", () => {
  let client: ReturnType<typeof bedrockRuntime>;
  beforeAll(() => void (client = bedrockRuntime(fake.server.url)));
  afterAll(() => client.destroy());

  interface Turn {
    readonly stopReason: string | undefined;
    readonly content: ContentBlock[];
  }

  const converse = async (input: ConverseStreamCommandInput): Promise<Turn> => {
    const { stopReason, output } = await client.send(new ConverseCommand(input));
    return { stopReason, content: output?.message?.content ?? [] };
  };

  const converseStream = async (input: ConverseStreamCommandInput): Promise<Turn> => {
    const { stream } = await client.send(new ConverseStreamCommand(input));
    const blocks: { text: string; toolUse?: { toolUseId: string; name: string } }[] = [];
    let stopReason: string | undefined;
    for await (const { contentBlockStart, contentBlockDelta, messageStop } of stream ?? []) {
      const index = contentBlockStart?.contentBlockIndex ?? contentBlockDelta?.contentBlockIndex ?? 0;
      const block = (blocks[index] ??= { text: "" });
      const { toolUseId = "", name = "" } = contentBlockStart?.start?.toolUse ?? {};
      if (name !== "") block.toolUse = { toolUseId, name };
      block.text += contentBlockDelta?.delta?.text ?? contentBlockDelta?.delta?.toolUse?.input ?? "";
      stopReason ??= messageStop?.stopReason;
    }
    const content = blocks.map(({ text, toolUse }): ContentBlock =>
      toolUse === undefined ? { text } : { toolUse: { ...toolUse, input: JSON.parse(text) } },
    );
    return { stopReason, content };
  };

  const toolConfig = {
    tools: tools.map(({ name, description, input_schema }) => ({
      toolSpec: { name, description, inputSchema: { json: input_schema } },
    })),
  };

  test.each([
    ["Converse", converse],
    ["ConverseStream", converseStream],
  ])("runs a loop of tools to its end with %s", async (_, ask) => {
    const messages: Message[] = [{ role: "user", content: [{ text: "What is the weather?" }] }];
    const stops: unknown[] = [];
    const calls: unknown[] = [];
    let text = "";
    while (stops.at(-1) !== "end_turn" && stops.length < MAX_TURNS) {
      const { stopReason, content } = await ask({ modelId: BEDROCK_MODEL, messages, toolConfig });
      stops.push(stopReason);
      const results = content.flatMap(({ toolUse }): ContentBlock[] => {
        if (toolUse === undefined) return [];
        calls.push([toolUse.name, toolUse.input]);
        const said = [{ json: { degrees: 18 } }];
        return [{ toolResult: { toolUseId: toolUse.toolUseId, content: said } }];
      });
      text = content.find((block) => block.text !== undefined)?.text ?? text;
      messages.push({ role: "assistant", content }, { role: "user", content: results });
    }

    expect(stops).toEqual(["tool_use", "end_turn"]);
    expect(calls).toEqual([["get_weather", INPUT]]);
    expect(text).toContain('{"degrees":18}');
    expect(fake.core.journal.snapshot().exchanges.at(-1)?.request.httpVersion).toBe("2.0");
  });

  test.each([
    ["Converse", converse],
    ["ConverseStream", converseStream],
  ])("honours what must be called, and what is too long, with %s", async (_, ask) => {
    const messages: Message[] = [{ role: "user", content: [{ text: "Hello, hello" }] }];
    const request = { modelId: BEDROCK_MODEL, messages };
    const named = await ask({ ...request, toolConfig: { ...toolConfig, toolChoice: { tool: { name: "send_mail" } } } });
    const any = await ask({ ...request, toolConfig: { ...toolConfig, toolChoice: { any: {} } } });
    const short = await ask({ ...request, inferenceConfig: { maxTokens: 1 } });

    expect(named.content).toMatchObject([{ toolUse: { name: "send_mail" } }]);
    expect(any.content).toMatchObject([{ toolUse: { name: "get_weather" } }]);
    expect(short).toMatchObject({ stopReason: "max_tokens", content: [{ text: "Hell" }] });
  });
});
