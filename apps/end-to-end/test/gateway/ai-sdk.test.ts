import { createAmazonBedrock } from "@ai-sdk/amazon-bedrock";
import { createBedrockAnthropic } from "@ai-sdk/amazon-bedrock/anthropic";
import { createAnthropic } from "@ai-sdk/anthropic";
import type { AwsProvider } from "@claude-on-aws/endpoints";
import { APICallError, generateText, jsonSchema, type LanguageModel, stepCountIs, streamText, tool } from "ai";
import { describe, expect, test } from "vitest";
import { errorOf } from "../support/error-of.ts";
import { brokenRules, MODEL, PIXEL, startFake, TEXT } from "../support/fetch-providers.ts";
import { type ServedGateway, startServedGateway } from "../support/serve-gateway.ts";

const PROFILE = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

/** A way of this SDK to ask Claude, and what may stand behind the gateway for it. */
interface Way {
  readonly providers: readonly AwsProvider[];
  readonly model: (gateway: Pick<ServedGateway, "url" | "token">) => LanguageModel;
}

const WAYS: Readonly<Record<string, Way>> = {
  "@ai-sdk/anthropic": {
    providers: ["anthropic-aws", "bedrock", "mantle"],
    model: ({ url, token }) => createAnthropic({ apiKey: token, baseURL: `${url}/v1` })(MODEL),
  },
  "@ai-sdk/amazon-bedrock, by Converse": {
    providers: ["bedrock"],
    model: ({ url, token }) => createAmazonBedrock({ region: "us-east-1", baseURL: url, apiKey: token })(PROFILE),
  },
  "@ai-sdk/amazon-bedrock/anthropic, by InvokeModel": {
    providers: ["bedrock"],
    model: ({ url, token }) => createBedrockAnthropic({ region: "us-east-1", baseURL: url, apiKey: token })(PROFILE),
  },
};

const ROWS = Object.entries(WAYS).flatMap(([name, { providers, model }]) =>
  providers.map((provider) => [name, provider, model] as const),
);

describe.each(ROWS)("%s through a gateway to %s", (_, provider, modelOf) => {
  const fake = startFake({
    scenario: {
      replies: [
        { when: { text: "throttle once" }, times: 1, reply: { throttle: { headers: { "retry-after-ms": "1" } } } },
        { when: { text: "throttle always" }, reply: { throttle: {} } },
        { when: { text: "cut" }, reply: { text: TEXT, cutAfterEvents: 4 } },
      ],
    },
  });
  const gateway = startServedGateway(fake, provider);
  const model = () => modelOf(gateway);

  test("generates a text, and streams one", async () => {
    expect((await generateText({ model: model(), prompt: TEXT, maxRetries: 0 })).text).toBe(TEXT);
    const parts: string[] = [];
    for await (const part of streamText({ model: model(), prompt: TEXT, maxRetries: 0 }).textStream) parts.push(part);

    expect(parts.join("")).toBe(TEXT);
    expect(parts.length).toBeGreaterThan(1);
    expect(fake.core.journal.snapshot().exchanges.at(-1)?.caller?.kind).toBe("sigv4");
  });

  test("runs a tool to its end, whole and in streams", async () => {
    const tools = {
      get_weather: tool({
        inputSchema: jsonSchema<{ city: string }>({
          type: "object",
          properties: { city: { type: "string" } },
          required: ["city"],
          additionalProperties: false,
        }),
        execute: async () => "18 degrees",
      }),
    };
    const request = { model: model(), prompt: "What is the weather?", maxRetries: 0, stopWhen: stepCountIs(3), tools };
    const { text, steps } = await generateText(request);
    const streamed = streamText(request);

    expect(steps).toHaveLength(2);
    expect(text).toContain("18 degrees");
    expect(await streamed.text).toContain("18 degrees");
  });

  test("sends images", async () => {
    const { text } = await generateText({
      model: model(),
      maxRetries: 0,
      messages: [
        {
          role: "user",
          content: [
            { type: "file", data: PIXEL, mediaType: "image/png" },
            { type: "text", text: "What is this?" },
          ],
        },
      ],
    });

    expect(text).toContain("What is this?");
  });

  test("retries a throttle by itself, and raises its typed error", async () => {
    expect((await generateText({ model: model(), prompt: "throttle once", maxRetries: 1 })).text).toBe("throttle once");
    const error = await errorOf(generateText({ model: model(), prompt: "throttle always", maxRetries: 0 }));

    expect(APICallError.isInstance(error) && [error.statusCode, error.isRetryable]).toEqual([429, true]);
  });

  test("hears of a stream that was cut", async () => {
    const errors: unknown[] = [];
    const { stream } = streamText({ model: model(), prompt: "cut", maxRetries: 0, onError: () => {} });
    for await (const part of stream) if (part.type === "error") errors.push(part.error);

    expect(errors).toHaveLength(1);
  });

  test("is refused with another token", async () => {
    const stranger = modelOf({ url: gateway.url, token: "a-token-of-somebody" });
    const error = await errorOf(generateText({ model: stranger, prompt: TEXT, maxRetries: 2 }));

    expect(APICallError.isInstance(error) && [error.statusCode, error.isRetryable]).toEqual([401, false]);
  });

  test("breaks no rule of AWS", () => {
    expect(brokenRules(fake)).toEqual([]);
  });
});
