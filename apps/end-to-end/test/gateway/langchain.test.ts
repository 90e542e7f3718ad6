import { ChatAnthropic } from "@langchain/anthropic";
import { HumanMessage, ToolMessage } from "@langchain/core/messages";
import { describe, expect, test } from "vitest";
import { brokenRules, MODEL, PIXEL, startFake, TEXT } from "../support/fetch-providers.ts";
import { startServedGateway } from "../support/serve-gateway.ts";

const CONTENT = [
  { type: "thinking", thinking: "Let me see", signature: "c2lnbmF0dXJl" },
  { type: "text", text: "It is a pixel" },
] as const;

describe.each(["anthropic-aws", "bedrock", "mantle"] as const)(
  "@langchain/anthropic with a base URL and a token, through a gateway to %s",
  (provider) => {
    const fake = startFake({
      scenario: {
        replies: [
          { when: { text: "think" }, reply: { content: CONTENT } },
          { when: { text: "throttle once" }, times: 1, reply: { throttle: { retryAfterSeconds: 0.01 } } },
          { when: { text: "throttle always" }, reply: { throttle: {} } },
          { when: { text: "cut" }, reply: { text: TEXT, cutAfterEvents: 4 } },
        ],
      },
    });
    const gateway = startServedGateway(fake, provider);
    const chat = (fields: ConstructorParameters<typeof ChatAnthropic>[0] = {}) =>
      new ChatAnthropic({
        model: MODEL,
        apiKey: gateway.token,
        anthropicApiUrl: gateway.url,
        maxTokens: 2048,
        maxRetries: 0,
        ...fields,
      });

    test("gets a message, and streams one", async () => {
      expect((await chat().invoke(TEXT)).text).toBe(TEXT);
      const parts: string[] = [];
      for await (const chunk of await chat().stream(TEXT)) parts.push(chunk.text);

      expect(parts.join("")).toBe(TEXT);
      expect(parts.length).toBeGreaterThan(2);
      expect(fake.core.journal.snapshot().exchanges.at(-1)?.caller?.kind).toBe("sigv4");
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
      expect((await chat({ maxRetries: 2 }).invoke("throttle once")).text).toBe("throttle once");

      await expect(chat().invoke("throttle always")).rejects.toMatchObject({ status: 429 });
    });

    test("hears of a stream that was cut", async () => {
      const read = async (): Promise<void> => {
        for await (const _ of await chat().stream("cut"));
      };

      await expect(read()).rejects.toThrow("STREAM_TRUNCATED");
    });

    test("is refused with another token", async () => {
      await expect(chat({ apiKey: "a-token-of-somebody" }).invoke(TEXT)).rejects.toMatchObject({ status: 401 });
    });

    test("breaks no rule of AWS", () => {
      expect(brokenRules(fake)).toEqual([]);
    });
  },
);
