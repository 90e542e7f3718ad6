import { ConverseCommand, ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startFake } from "../support/start-fake.ts";
import { BEDROCK_MODEL, bedrockRuntime, MESSAGES_CLIENTS } from "./make-clients.ts";

const THINKING = "The user wants the weather; a tool can tell it";
const SIGNATURE = "c2lnbmF0dXJl";
const TEXT = "I look it up — 👩‍🚀 — at once";
const INPUT = { city: "Zürich", days: [1, 2, 3], deep: { "a b": null } };
const CONTENT = [
  { type: "thinking", thinking: THINKING, signature: SIGNATURE },
  { type: "redacted_thinking", data: "cmVkYWN0ZWQ=" },
  { type: "text", text: TEXT },
  { type: "tool_use", id: "toolu_1", name: "get_weather", input: INPUT },
] as const;

const fake = startFake({ scenario: { replies: [{ reply: { content: CONTENT } }] } });

describe.each(Object.entries(MESSAGES_CLIENTS))("%s", (_, { client, model }) => {
  const request = { model, max_tokens: 256, messages: [{ role: "user" as const, content: "Hello" }] };

  test("gets thinking, text and a tool call", async () => {
    const { content, stop_reason } = await client(fake.server.url).messages.create(request);

    expect(content).toMatchObject(CONTENT);
    expect(stop_reason).toBe("tool_use");
  });

  test("gets them in a stream", async () => {
    const thoughts: string[] = [];
    const stream = client(fake.server.url).messages.stream(request);
    stream.on("thinking", (thought) => thoughts.push(thought));
    const { content, stop_reason } = await stream.finalMessage();

    expect(content).toMatchObject(CONTENT);
    expect(stop_reason).toBe("tool_use");
    expect(thoughts.length).toBeGreaterThan(1);
    expect(thoughts.join("")).toBe(THINKING);
  });
});

describe("BedrockRuntimeClient over HTTP/2", () => {
  let client: ReturnType<typeof bedrockRuntime>;
  beforeAll(() => void (client = bedrockRuntime(fake.server.url)));
  afterAll(() => client.destroy());
  const input = { modelId: BEDROCK_MODEL, messages: [{ role: "user" as const, content: [{ text: "Hello" }] }] };
  const redactedContent = new TextEncoder().encode("redacted");

  test("gets thinking, text and a tool call from Converse", async () => {
    const { output, stopReason } = await client.send(new ConverseCommand(input));
    const [reasoning, redacted, ...rest] = output?.message?.content ?? [];

    expect(reasoning).toEqual({ reasoningContent: { reasoningText: { text: THINKING, signature: SIGNATURE } } });
    expect([...(redacted?.reasoningContent?.redactedContent ?? [])]).toEqual([...redactedContent]);
    expect(rest).toEqual([{ text: TEXT }, { toolUse: { toolUseId: "toolu_1", name: "get_weather", input: INPUT } }]);
    expect(stopReason).toBe("tool_use");
  });

  test("gets them from ConverseStream", async () => {
    const { stream } = await client.send(new ConverseStreamCommand(input));
    const said = { thinking: "", signature: "", redacted: 0, text: "", name: "", json: "", stopReason: "" };
    for await (const { contentBlockStart, contentBlockDelta, messageStop } of stream ?? []) {
      const { text = "", toolUse, reasoningContent } = contentBlockDelta?.delta ?? {};
      said.text += text;
      said.json += toolUse?.input ?? "";
      said.thinking += reasoningContent?.text ?? "";
      said.signature += reasoningContent?.signature ?? "";
      said.redacted += reasoningContent?.redactedContent?.length ?? 0;
      said.name += contentBlockStart?.start?.toolUse?.name ?? "";
      said.stopReason += messageStop?.stopReason ?? "";
    }

    expect(JSON.parse(said.json)).toEqual(INPUT);
    expect(said).toMatchObject({
      thinking: THINKING,
      signature: SIGNATURE,
      redacted: redactedContent.length,
      text: TEXT,
      name: "get_weather",
      stopReason: "tool_use",
    });
  });
});
