import {
  BedrockRuntimeClient,
  type BedrockRuntimeClientConfig,
  ConverseCommand,
  ConverseStreamCommand,
  CountTokensCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
  ValidationException,
} from "@aws-sdk/client-bedrock-runtime";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { afterEach, describe, expect, test } from "vitest";
import { BEDROCK_KEY, CREDENTIALS, startFake } from "../support/start-fake.ts";

const fake = startFake();
const TEXT = "Good night, and a longer text — so that it takes several deltas";
const MODELS = {
  "the ID of a system-defined inference profile": "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
  "the ARN of an application inference profile":
    "arn:aws:bedrock:us-east-2:123456789012:application-inference-profile/abc123",
};
const HANDLERS: Record<string, { readonly version: string; readonly config: () => BedrockRuntimeClientConfig }> = {
  "its default handler": { version: "2.0", config: () => ({}) },
  NodeHttpHandler: { version: "1.1", config: () => ({ requestHandler: new NodeHttpHandler() }) },
};
const PROOFS: Record<string, BedrockRuntimeClientConfig> = {
  ...Object.fromEntries(
    Object.entries(CREDENTIALS).map(([name, { accessKeyId, secretAccessKey, sessionToken }]) => [
      name,
      { credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) } },
    ]),
  ),
  "a Bedrock API key": { token: { token: BEDROCK_KEY }, authSchemePreference: ["httpBearerAuth"] },
};

const messages = [{ role: "user" as const, content: [{ text: TEXT }] }];
const body = JSON.stringify({
  anthropic_version: "bedrock-2023-05-31",
  max_tokens: 64,
  messages: [{ role: "user", content: TEXT }],
});

let opened: BedrockRuntimeClient | undefined;
afterEach(() => opened?.destroy());

describe.each(Object.entries(HANDLERS))("BedrockRuntimeClient with %s", (_, { version, config }) => {
  describe.each(Object.entries(PROOFS))("and %s", (__, proof) => {
    describe.each(Object.entries(MODELS))("and %s", (___, modelId) => {
      const client = (): BedrockRuntimeClient =>
        (opened = new BedrockRuntimeClient({
          region: "us-east-2",
          endpoint: fake.server.url,
          maxAttempts: 1,
          ...proof,
          ...config(),
        }));

      test("converses", async () => {
        const { output, usage, stopReason } = await client().send(new ConverseCommand({ modelId, messages }));

        expect(output?.message?.content).toEqual([{ text: TEXT }]);
        expect(usage?.totalTokens).toBe((usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0));
        expect(stopReason).toBe("end_turn");
        expect(fake.core.journal.snapshot().exchanges.at(-1)?.request.httpVersion).toBe(version);
      });

      test("converses in a stream", async () => {
        const { stream } = await client().send(new ConverseStreamCommand({ modelId, messages }));
        let text = "";
        const kinds: string[] = [];
        for await (const event of stream ?? []) {
          kinds.push(Object.keys(event)[0] ?? "");
          text += event.contentBlockDelta?.delta?.text ?? "";
        }

        expect(text).toBe(TEXT);
        expect([kinds[0], ...kinds.slice(-3)]).toEqual(["messageStart", "contentBlockStop", "messageStop", "metadata"]);
      });

      test("invokes a model", async () => {
        const answer = await client().send(
          new InvokeModelCommand({ modelId, body, contentType: "application/json", accept: "application/json" }),
        );

        expect(JSON.parse(answer.body.transformToString())).toMatchObject({ content: [{ type: "text", text: TEXT }] });
        expect(answer.contentType).toBe("application/json");
      });

      test("invokes a model in a stream", async () => {
        const answer = await client().send(new InvokeModelWithResponseStreamCommand({ modelId, body }));
        const types: string[] = [];
        for await (const { chunk } of answer.body ?? []) {
          types.push(JSON.parse(new TextDecoder().decode(chunk?.bytes)).type);
        }

        expect(types[0]).toBe("message_start");
        expect(types.at(-1)).toBe("message_stop");
        expect(answer.contentType).toBe("application/json");
      });

      test("counts tokens", async () => {
        // CountTokens takes the ID of the model itself, without a profile.
        const countedId = modelId.replace(/^us\./, "");
        const input = { invokeModel: { body: new TextEncoder().encode(body) } };
        const invoked = await client().send(new CountTokensCommand({ modelId: countedId, input }));
        const conversed = await client().send(
          new CountTokensCommand({ modelId: countedId, input: { converse: { messages } } }),
        );

        expect(invoked.inputTokens).toBe(Math.ceil(new TextEncoder().encode(TEXT).length / 4));
        expect(conversed.inputTokens).toBe(invoked.inputTokens);
      });

      test("raises its typed error", async () => {
        const answer = client().send(new ConverseCommand({ modelId: "anthropic.no-such-model", messages }));

        await expect(answer).rejects.toBeInstanceOf(ValidationException);
        await expect(answer).rejects.toMatchObject({ message: "The provided model identifier is invalid." });
      });
    });
  });
});
