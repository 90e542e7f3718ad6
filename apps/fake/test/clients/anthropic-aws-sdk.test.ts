import { AnthropicAws } from "@anthropic-ai/aws-sdk";
import { NotFoundError } from "@anthropic-ai/sdk";
import { describe, expect, test } from "vitest";
import { CREDENTIALS, startFake, WORKSPACE_ID, WORKSPACE_KEY } from "../support/start-fake.ts";

const fake = startFake();
const TEXT = "Good morning, and a longer text — so that it takes several deltas";
const request = {
  model: "claude-sonnet-4-6",
  max_tokens: 64,
  messages: [{ role: "user" as const, content: TEXT }],
};

const common = () => ({ baseURL: fake.server.url, workspaceId: WORKSPACE_ID, awsRegion: "eu-west-1", maxRetries: 0 });

const clients: Record<string, () => AnthropicAws> = {
  ...Object.fromEntries(
    Object.entries(CREDENTIALS).map(([name, { accessKeyId, secretAccessKey, sessionToken }]) => [
      name,
      () =>
        new AnthropicAws({
          ...common(),
          awsAccessKey: accessKeyId,
          awsSecretAccessKey: secretAccessKey,
          awsSessionToken: sessionToken ?? null,
        }),
    ]),
  ),
  "a workspace API key": () => new AnthropicAws({ ...common(), apiKey: WORKSPACE_KEY }),
};

describe.each(Object.entries(clients))("@anthropic-ai/aws-sdk with %s", (_, client) => {
  test("gets a message", async () => {
    const { data, request_id } = await client().messages.create(request).withResponse();

    expect(data).toMatchObject({ type: "message", model: "claude-sonnet-4-6", stop_reason: "end_turn" });
    expect(data.content).toMatchObject([{ type: "text", text: TEXT }]);
    expect(request_id).toMatch(/^req_01\w{22}$/);
  });

  test("streams a message", async () => {
    const texts: string[] = [];
    const stream = client().messages.stream(request);
    stream.on("text", (text) => texts.push(text));
    const message = await stream.finalMessage();

    expect(texts.length).toBeGreaterThan(1);
    expect(message.content).toMatchObject([{ type: "text", text: TEXT }]);
    expect(message.usage.output_tokens).toBeGreaterThan(1);
  });

  test("counts tokens", async () => {
    const { model, messages } = request;

    expect((await client().messages.countTokens({ model, messages })).input_tokens).toBeGreaterThan(1);
  });

  test("lists the models, page by page", async () => {
    const ids: string[] = [];
    for await (const { id } of client().models.list({ limit: 4 })) ids.push(id);

    expect(ids).toContain("claude-opus-5-5");
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(8);
  });

  test("gets a model", async () => {
    expect(await client().models.retrieve("claude-haiku-4-5")).toMatchObject({
      type: "model",
      id: "claude-haiku-4-5-20251001",
      display_name: "Claude Haiku 4.5",
    });
  });

  test("raises its typed error for a model that does not exist", async () => {
    const answer = client().messages.create({ ...request, model: "claude-unknown" });

    await expect(answer).rejects.toBeInstanceOf(NotFoundError);
    await expect(answer).rejects.toMatchObject({ status: 404, type: "not_found_error" });
  });
});

test("@anthropic-ai/aws-sdk is verified, not only answered", async () => {
  await clients["session credentials"]?.().messages.create(request);
  const entry = fake.core.journal.snapshot().exchanges.at(-1);

  expect(entry?.caller).toEqual({
    kind: "sigv4",
    accessKeyId: "ASIAEXAMPLE",
    region: "eu-west-1",
    service: "aws-external-anthropic",
  });
  expect(entry?.wire).toBe("received");
});
