import { createAnthropic } from "@ai-sdk/anthropic";
import { APICallError, generateText, jsonSchema, stepCountIs, streamText, tool } from "ai";
import { describe, expect, test } from "vitest";
import {
  ANSWERS,
  brokenRules,
  MODEL,
  PIXEL,
  PLACEHOLDER_KEY,
  PROVIDERS,
  startFake,
  TEXT,
} from "../support/fetch-providers.ts";

const CONTENT = [
  { type: "thinking", thinking: "Let me see", signature: "c2lnbmF0dXJl" },
  { type: "text", text: "It is a pixel" },
] as const;

const fake = startFake({
  scenario: {
    replies: [
      { when: { text: "think" }, reply: { content: CONTENT } },
      { when: { text: "throttle once" }, times: 2, reply: { throttle: { headers: { "retry-after-ms": "1" } } } },
      { when: { text: "overload" }, reply: { overload: {} } },
      { when: { text: "cut" }, reply: { text: TEXT, cutAfterEvents: 4 } },
    ],
  },
});

describe.each(Object.keys(PROVIDERS))("@ai-sdk/anthropic with only its fetch changed, on %s", (provider) => {
  const model = () => {
    return createAnthropic({ apiKey: PLACEHOLDER_KEY, fetch: fake.fetchFor(provider) })(MODEL);
  };

  test("generates a text, and streams one", async () => {
    expect((await generateText({ model: model(), prompt: TEXT, maxRetries: 0 })).text).toBe(TEXT);
    const parts: string[] = [];
    for await (const part of streamText({ model: model(), prompt: TEXT, maxRetries: 0 }).textStream) parts.push(part);

    expect(parts.join("")).toBe(TEXT);
    expect(parts.length).toBeGreaterThan(1);
  });

  test("gets reasoning with its signature", async () => {
    const { reasoning, text } = await generateText({
      model: model(),
      prompt: "think",
      maxRetries: 0,
      providerOptions: { anthropic: { thinking: { type: "enabled", budgetTokens: 1024 } } },
    });

    expect(text).toBe("It is a pixel");
    expect(reasoning[0]).toMatchObject({
      text: "Let me see",
      providerMetadata: { anthropic: { signature: "c2lnbmF0dXJl" } },
    });
  });

  test("runs a tool to its end", async () => {
    const calls: unknown[] = [];
    const { text, steps } = await generateText({
      model: model(),
      prompt: "What is the weather?",
      maxRetries: 0,
      stopWhen: stepCountIs(3),
      tools: {
        get_weather: tool({
          inputSchema: jsonSchema<{ city: string }>({
            type: "object",
            properties: { city: { type: "string" } },
            required: ["city"],
          }),
          execute: async (input) => {
            calls.push(input);
            return "18 degrees";
          },
        }),
      },
    });

    expect(calls).toHaveLength(1);
    expect(steps).toHaveLength(2);
    expect(text).toContain("18 degrees");
  });

  test("sends images, documents and what is to be cached", async () => {
    const { text } = await generateText({
      model: model(),
      maxRetries: 0,
      messages: [
        {
          role: "user",
          content: [
            { type: "file", data: PIXEL, mediaType: "image/png" },
            { type: "file", data: new TextEncoder().encode("A document"), mediaType: "text/plain" },
            {
              type: "text",
              text: "What is this?",
              providerOptions: { anthropic: { cacheControl: { type: "ephemeral" } } },
            },
          ],
        },
      ],
    });

    expect(text).toBe("What is this?");
  });

  test("retries by itself, and raises its typed error", async () => {
    expect((await generateText({ model: model(), prompt: "throttle once", maxRetries: 2 })).text).toBe("throttle once");
    const error: unknown = await generateText({ model: model(), prompt: "overload", maxRetries: 0 }).catch(
      (cause) => cause,
    );

    expect(APICallError.isInstance(error) && [error.statusCode, error.isRetryable]).toEqual([
      ANSWERS[provider]?.overloaded,
      true,
    ]);
  });

  test("hears of a stream that was cut", async () => {
    const errors: unknown[] = [];
    const { stream } = streamText({ model: model(), prompt: "cut", maxRetries: 0, onError: () => {} });
    for await (const part of stream) if (part.type === "error") errors.push(part.error);

    expect(JSON.stringify(errors)).toContain("STREAM_TRUNCATED");
  });
});

test("@ai-sdk/anthropic breaks no rule", () => {
  expect(brokenRules(fake)).toEqual([]);
});
