import { AnthropicAws } from "@anthropic-ai/aws-sdk";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createFake, EXAMPLE_CREDENTIALS } from "../src/index.ts";

const fake = createFake();
const server = setupServer(...fake.handlers);
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterAll(() => server.close());

// No base URL: these requests are for the real host of AWS, and never leave the process.
// Made inside each test, because the SDK keeps the `fetch` that it finds when it is made.
const client = (awsSecretAccessKey = EXAMPLE_CREDENTIALS.secretAccessKey): AnthropicAws =>
  new AnthropicAws({
    awsAccessKey: EXAMPLE_CREDENTIALS.accessKeyId,
    awsSecretAccessKey,
    awsRegion: "eu-west-1",
    workspaceId: "wrkspc_test",
    maxRetries: 0,
  });

const request = {
  model: "claude-sonnet-4-6",
  max_tokens: 64,
  messages: [{ role: "user" as const, content: "Good morning from here" }],
};

describe("createFake().handlers", () => {
  test("answer @anthropic-ai/aws-sdk in process, verified", async () => {
    const message = await client().messages.create(request);

    expect(message.content).toMatchObject([{ type: "text", text: "Good morning from here" }]);
    expect(fake.journal.snapshot().exchanges.at(-1)).toMatchObject({
      operation: "CreateMessage",
      wire: "reconstructed",
      caller: { kind: "sigv4", accessKeyId: "AKIDEXAMPLE", region: "eu-west-1", service: "aws-external-anthropic" },
    });
  });

  test("stream to @anthropic-ai/aws-sdk in process, verified", async () => {
    const stream = client().messages.stream(request);
    const texts: string[] = [];
    stream.on("text", (text) => texts.push(text));
    await stream.finalMessage();

    expect(texts.length).toBeGreaterThan(1);
    expect(texts.join("")).toBe("Good morning from here");
    expect(fake.journal.snapshot().exchanges.at(-1)?.checks).toContainEqual({ check: "authentication" });
  });

  test("refuse a wrong secret in process", async () => {
    await expect(client("not-the-secret").messages.create(request)).rejects.toMatchObject({
      status: 401,
      error: { error: { type: "authentication_error" } },
    });
  });

  test("answer for a host of AWS what is no route of it", async () => {
    const response = await fetch("https://bedrock-runtime.eu-west-1.amazonaws.com/nothing-here", {
      headers: { authorization: "Bearer ABSKkey" },
    });

    expect(response.status).toBe(404);
    expect(response.headers.get("x-amzn-errortype")).toMatch(/^UnknownOperationException:/);
  });
});

describe("createFake().fetch", () => {
  test("is a fetch for @anthropic-ai/aws-sdk", async () => {
    const own = createFake();
    const client = new AnthropicAws({
      fetch: own.fetch,
      awsAccessKey: EXAMPLE_CREDENTIALS.accessKeyId,
      awsSecretAccessKey: EXAMPLE_CREDENTIALS.secretAccessKey,
      awsRegion: "eu-west-1",
      workspaceId: "wrkspc_test",
    });
    const message = await client.messages.create(request);

    expect(message.content).toMatchObject([{ text: "Good morning from here" }]);
    expect(own.report()).toMatchObject({ exchanges: 1, failed: 0 });
  });
});
