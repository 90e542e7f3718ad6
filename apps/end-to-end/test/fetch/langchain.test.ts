import { ChatAnthropic } from "@langchain/anthropic";
import { HumanMessage, ToolMessage } from "@langchain/core/messages";
import { describe, expect, test } from "vitest";
import { brokenRules, MODEL, PIXEL, PLACEHOLDER_KEY, PROVIDERS, startFake, TEXT } from "../support/fetch-providers.ts";

const CONTENT = [
  { type: "thinking", thinking: "Let me see", signature: "c2lnbmF0dXJl" },
  { type: "text", text: "It is a pixel" },
] as const;

const fake = startFake({
  scenario: {
    replies: [
      { when: { text: "think" }, reply: { content: CONTENT } },
      { when: { text: "overload once" }, times: 2, reply: { overload: {} } },
      { when: { text: "throttle always" }, reply: { throttle: {} } },
      { when: { text: "cut" }, reply: { text: TEXT, cutAfterEvents: 4 } },
    ],
  },
});

describe.each(Object.keys(PROVIDERS))("@langchain/anthropic with only its fetch changed, on %s", (provider) => {
  const chat = (fields: ConstructorParameters<typeof ChatAnthropic>[0] = {}) =>
    new ChatAnthropic({
      model: MODEL,
      apiKey: PLACEHOLDER_KEY,
      maxTokens: 2048,
      maxRetries: 0,
      clientOptions: { fetch: fake.fetchFor(provider) },
      ...fields,
    });

  test("gets a message, and streams one", async () => {
    expect((await chat().invoke(TEXT)).text).toBe(TEXT);
    const parts: string[] = [];
    for await (const chunk of await chat().stream(TEXT)) parts.push(chunk.text);

    expect(parts.join("")).toBe(TEXT);
    expect(parts.length).toBeGreaterThan(2);
  });

  test("gets thinking with its signature", async () => {
    const message = await chat({ thinking: { type: "enabled", budget_tokens: 1024 } }).invoke("think");

    expect(message.content).toMatchObject(CONTENT);
  });

  test("goes on after a tool", async () => {
    const tools = [{ name: "get_weather", input_schema: { type: "object" as const, properties: {} } }];
    const question = new HumanMessage("What is the weather?");
    const call = await chat().bindTools(tools).invoke([question]);
    const result = new ToolMessage({ content: "18 degrees", tool_call_id: call.tool_calls?.[0]?.id ?? "" });
    const { text } = await chat().bindTools(tools).invoke([question, call, result]);

    expect(call.tool_calls).toMatchObject([{ name: "get_weather" }]);
    expect(text).toContain("18 degrees");
  });

  test("sends images, documents and what is to be cached", async () => {
    const message = new HumanMessage({
      content: [
        { type: "image", source: { type: "base64", media_type: "image/png", data: PIXEL } },
        { type: "document", source: { type: "text", media_type: "text/plain", data: "A document" } },
        { type: "text", text: "What is this?", cache_control: { type: "ephemeral" } },
      ],
    });

    expect((await chat().invoke([message])).text).toBe("What is this?");
  });

  test("retries by itself, and raises the error of the service", async () => {
    expect((await chat({ maxRetries: 2 }).invoke("overload once")).text).toBe("overload once");

    await expect(chat().invoke("throttle always")).rejects.toMatchObject({ status: 429 });
  });

  test("hears of a stream that was cut", async () => {
    const read = async (): Promise<void> => {
      for await (const _ of await chat().stream("cut"));
    };

    await expect(read()).rejects.toThrow("STREAM_TRUNCATED");
  });
});

test("@langchain/anthropic breaks no rule", () => {
  expect(brokenRules(fake)).toEqual([]);
});
