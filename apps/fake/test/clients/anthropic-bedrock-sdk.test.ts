import { AnthropicBedrock } from "@anthropic-ai/bedrock-sdk";
import { describe, expect, test } from "vitest";
import { BEDROCK_KEY, CREDENTIALS, startFake } from "../support/start-fake.ts";

const fake = startFake();
const TEXT = "Good evening, and a longer text — so that it takes several deltas";
const MODELS = {
  "the ID of a system-defined inference profile": "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
  "the ARN of an application inference profile":
    "arn:aws:bedrock:us-east-2:123456789012:application-inference-profile/abc123",
};

const common = () => ({ baseURL: fake.server.url, awsRegion: "us-east-2", maxRetries: 0 });

const clients: Record<string, () => AnthropicBedrock> = {
  ...Object.fromEntries(
    Object.entries(CREDENTIALS).map(([name, { accessKeyId, secretAccessKey, sessionToken }]) => [
      name,
      () =>
        new AnthropicBedrock({
          ...common(),
          awsAccessKey: accessKeyId,
          awsSecretKey: secretAccessKey,
          awsSessionToken: sessionToken ?? null,
        }),
    ]),
  ),
  "a Bedrock API key": () => new AnthropicBedrock({ ...common(), apiKey: BEDROCK_KEY }),
};

describe.each(Object.entries(clients))("@anthropic-ai/bedrock-sdk with %s", (_, client) => {
  describe.each(Object.entries(MODELS))("and %s", (__, model) => {
    const request = { model, max_tokens: 64, messages: [{ role: "user" as const, content: TEXT }] };

    test("gets a message", async () => {
      const message = await client().messages.create(request);

      expect(message).toMatchObject({ type: "message", model: "claude-sonnet-4-5-20250929" });
      expect(message.content).toMatchObject([{ type: "text", text: TEXT }]);
    });

    test("streams a message", async () => {
      const types: string[] = [];
      let text = "";
      for await (const event of await client().messages.create({ ...request, stream: true })) {
        types.push(event.type);
        if (event.type === "content_block_delta" && event.delta.type === "text_delta") text += event.delta.text;
      }

      expect(types[0]).toBe("message_start");
      expect(types.at(-1)).toBe("message_stop");
      expect(text).toBe(TEXT);
    });
  });
});
