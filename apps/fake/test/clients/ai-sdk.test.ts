import { createAmazonBedrock } from "@ai-sdk/amazon-bedrock";
import { createBedrockAnthropic } from "@ai-sdk/amazon-bedrock/anthropic";
import { APICallError, generateText, jsonSchema, type LanguageModel, stepCountIs, streamText, tool } from "ai";
import { describe, expect, test } from "vitest";
import { EXAMPLE_CREDENTIALS } from "../../src/server.ts";
import { startFake } from "../support/start-fake.ts";
import { BEDROCK_MODEL } from "./make-clients.ts";

const fake = startFake({
  scenario: {
    replies: [
      { when: { text: "throttle me once" }, times: 1, reply: { throttle: { retryAfterSeconds: 0.01 } } },
      { when: { text: "overload me" }, reply: { overload: {} } },
    ],
  },
});
const TEXT = "Good morning, and a longer text — so that it takes several deltas";

const { accessKeyId, secretAccessKey } = EXAMPLE_CREDENTIALS;
const options = () => ({ region: "us-east-2", baseURL: fake.server.url, accessKeyId, secretAccessKey });

/** The two ways of this SDK to ask Claude on Bedrock. */
const MODELS: Readonly<Record<string, () => LanguageModel>> = {
  "Converse, as @ai-sdk/amazon-bedrock asks": () => createAmazonBedrock(options())(BEDROCK_MODEL),
  "InvokeModel, as @ai-sdk/amazon-bedrock/anthropic asks": () => createBedrockAnthropic(options())(BEDROCK_MODEL),
};

describe.each(Object.entries(MODELS))("%s", (_, model) => {
  const tools = {
    get_weather: tool({
      description: "Tells the weather",
      inputSchema: jsonSchema<{ city: string }>({
        type: "object",
        properties: { city: { type: "string" } },
        required: ["city"],
        additionalProperties: false,
      }),
      execute: async ({ city }) => `It rains in ${city}`,
    }),
  };

  test("generates a text", async () => {
    const { text, finishReason, usage } = await generateText({ model: model(), prompt: TEXT, maxRetries: 0 });

    expect(text).toBe(TEXT);
    expect(finishReason).toBe("stop");
    expect(usage.outputTokens).toBeGreaterThan(1);
  });

  test("streams a text", async () => {
    const deltas: string[] = [];
    const result = streamText({ model: model(), prompt: TEXT, maxRetries: 0 });
    for await (const delta of result.textStream) deltas.push(delta);

    expect(deltas.length).toBeGreaterThan(1);
    expect(deltas.join("")).toBe(TEXT);
    expect(await result.finishReason).toBe("stop");
  });

  test("runs a loop of tools to its end", async () => {
    const { text, steps } = await generateText({
      model: model(),
      prompt: "What is the weather?",
      tools,
      stopWhen: stepCountIs(5),
      maxRetries: 0,
    });

    expect(steps.map(({ finishReason }) => finishReason)).toEqual(["tool-calls", "stop"]);
    expect(text).toContain("It rains in Paris");
  });

  test("runs a loop of tools to its end in streams", async () => {
    const result = streamText({
      model: model(),
      prompt: "What is the weather?",
      tools,
      stopWhen: stepCountIs(5),
      maxRetries: 0,
    });

    expect(await result.text).toContain("It rains in Paris");
    expect((await result.steps).length).toBe(2);
  });

  test("tries again and succeeds", async () => {
    fake.core.reset();
    const { text } = await generateText({ model: model(), prompt: "throttle me once", maxRetries: 1 });

    expect(text).toBe("throttle me once");
    expect(fake.core.journal.total).toBe(2);
  });

  test("raises its error with the status", async () => {
    const error: unknown = await generateText({ model: model(), prompt: "overload me", maxRetries: 0 }).catch(
      (caught: unknown) => caught,
    );

    expect(APICallError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ statusCode: 503 });
  });
});
