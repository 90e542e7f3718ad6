import { AnthropicBedrockMantle } from "@anthropic-ai/bedrock-sdk";
import { describe, expect, test } from "vitest";
import { BEDROCK_KEY, CREDENTIALS, startFake } from "../support/start-fake.ts";

const fake = startFake();
const TEXT = "Good afternoon, and a longer text — so that it takes several deltas";
const request = {
  model: "anthropic.claude-opus-4-7",
  max_tokens: 64,
  messages: [{ role: "user" as const, content: TEXT }],
};

/** The SDK's own base URL ends so; Claude Code leaves the prefix out where the base URL is replaced. */
const PREFIXES = ["/anthropic", ""];

const common = (prefix: string) => ({ baseURL: fake.server.url + prefix, awsRegion: "us-east-1", maxRetries: 0 });

const clients: Record<string, (prefix: string) => AnthropicBedrockMantle> = {
  ...Object.fromEntries(
    Object.entries(CREDENTIALS).map(([name, { accessKeyId, secretAccessKey, sessionToken }]) => [
      name,
      (prefix: string) =>
        new AnthropicBedrockMantle({
          ...common(prefix),
          awsAccessKey: accessKeyId,
          awsSecretAccessKey: secretAccessKey,
          awsSessionToken: sessionToken ?? null,
        }),
    ]),
  ),
  "a Bedrock API key": (prefix) => new AnthropicBedrockMantle({ ...common(prefix), apiKey: BEDROCK_KEY }),
};

describe.each(Object.entries(clients))("the Mantle client of @anthropic-ai/bedrock-sdk with %s", (_, client) => {
  test.each(PREFIXES)('gets a message under the prefix "%s"', async (prefix) => {
    const message = await client(prefix).messages.create(request);

    expect(message.content).toMatchObject([{ type: "text", text: TEXT }]);
    expect(fake.core.journal.snapshot().exchanges.at(-1)).toMatchObject({ provider: "mantle" });
  });

  test.each(PREFIXES)('streams a message under the prefix "%s"', async (prefix) => {
    const message = await client(prefix).messages.stream(request).finalMessage();

    expect(message.content).toMatchObject([{ type: "text", text: TEXT }]);
  });
});
