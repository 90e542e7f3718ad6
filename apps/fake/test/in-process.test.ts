import { AnthropicAws } from "@anthropic-ai/aws-sdk";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createFake, EXAMPLE_CREDENTIALS, type ScenarioReply } from "../src/index.ts";
import { until } from "./resources/support/until.ts";

const fake = createFake();
const server = setupServer(...fake.handlers);
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterAll(() => server.close());

// No base URL: these requests are for the real host of AWS, and never leave the process.
// Made inside each test, because the SDK keeps the `fetch` that it finds when it is made.
const client = (awsSecretAccessKey = EXAMPLE_CREDENTIALS.secretAccessKey, maxRetries = 0): AnthropicAws =>
  new AnthropicAws({
    awsAccessKey: EXAMPLE_CREDENTIALS.accessKeyId,
    awsSecretAccessKey,
    awsRegion: "eu-west-1",
    workspaceId: "wrkspc_test",
    maxRetries,
  });

const request = {
  model: "claude-sonnet-4-6",
  max_tokens: 64,
  messages: [{ role: "user" as const, content: "Good morning from here" }],
};

describe("createFake().fetch", () => {
  const body = JSON.stringify({ ...request, stream: true });
  const headers = {
    "x-api-key": "a-workspace-key",
    "anthropic-version": "2023-06-01",
    "anthropic-workspace-id": "wrkspc_1",
    "content-type": "application/json",
  };

  test("gives up with its signal, before the answer", async () => {
    const slow = createFake({ scenario: { replies: [{ reply: { text: "late", delayMs: 60_000 } }] } });
    const controller = new AbortController();
    const init = { method: "POST", headers, body, signal: controller.signal };
    const asked = slow.fetch("http://127.0.0.1/v1/messages", init);
    setTimeout(() => controller.abort(), 20);

    await expect(asked).rejects.toMatchObject({ name: "AbortError" });
    await expect(slow.fetch("http://127.0.0.1/v1/messages", init)).rejects.toMatchObject({ name: "AbortError" });
    slow.reset();
  });

  test("gives up with its signal, in the middle of a stream", async () => {
    const slow = createFake({ scenario: { replies: [{ reply: { text: "a", eventDelayMs: 60_000 } }] } });
    const controller = new AbortController();
    const init = { method: "POST", headers, body, signal: controller.signal };
    const reader = (await slow.fetch("http://127.0.0.1/v1/messages", init)).body?.getReader();
    const first = await reader?.read();
    const next = reader?.read();
    controller.abort();

    expect(first?.done).toBe(false);
    await expect(next).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("createFake().handlers", () => {
  test("say nothing of a client that gives up", async () => {
    const controller = new AbortController();
    const late = (): ScenarioReply => {
      // While the answer is waited for.
      setTimeout(() => controller.abort(), 20);
      return { text: "late", delayMs: 60_000 };
    };
    const slow = createFake({ scenario: { replies: [{ reply: late }] } });
    server.use(...slow.handlers);
    const said = vi.spyOn(console, "error").mockImplementation(() => undefined);

    await expect(client().messages.create(request, { signal: controller.signal })).rejects.toThrow("aborted");
    slow.reset();
    await expect.poll(() => slow.journal.total, { timeout: 20_000 }).toBe(1);
    server.resetHandlers();
    expect(said).not.toHaveBeenCalled();
    said.mockRestore();
  });

  test("answer @anthropic-ai/aws-sdk in process, verified", async () => {
    const message = await client().messages.create(request);

    expect(message.content).toMatchObject([{ type: "text", text: "Good morning from here" }]);
    expect(fake.journal.snapshot().exchanges.at(-1)).toMatchObject({
      operation: "CreateMessage",
      wire: "reconstructed",
      caller: { kind: "sigv4", accessKeyId: "AKIDEXAMPLE", region: "eu-west-1", service: "aws-external-anthropic" },
    });
  });

  test.each([429, 529])("let @anthropic-ai/aws-sdk try again after %d", async (status) => {
    const busy = createFake({
      scenario: { replies: [{ times: 1, reply: { error: { status, retryAfterSeconds: 0 } } }] },
    });
    server.use(...busy.handlers);
    const message = await client(undefined, 1).messages.create(request);
    server.resetHandlers();

    expect(message.content).toMatchObject([{ text: "Good morning from here" }]);
    expect(busy.journal.snapshot().exchanges.map(({ reply }) => reply.status)).toEqual([status, 200]);
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

  test("cut a stream where it is read", async () => {
    const reply = { text: "It rains in Paris" };
    const cut = createFake({ scenario: { replies: [{ reply, fault: { kind: "cut", afterEvents: 4 } }] } });
    server.use(...cut.handlers);

    // Not how much comes before: msw copies every answer, and a copy that fails takes with it what nobody has read yet.
    await expect(client().messages.stream(request).finalMessage()).rejects.toThrow();
    server.resetHandlers();
    const [entry] = cut.journal.snapshot().exchanges;
    expect(entry).toMatchObject({ fault: { kind: "cut" }, end: { outcome: "server-cut" } });
    await cut.close();
  });

  test("lead to the results of a batch at the host of AWS", async () => {
    const prompt = createFake({ batchDurationMs: 0 });
    server.use(...prompt.handlers);
    const { batches } = client().messages;
    const { id } = await batches.create({ requests: [{ custom_id: "a", params: request }] });
    const done = await until(
      () => batches.retrieve(id),
      ({ processing_status }) => processing_status === "ended",
    );
    const texts: string[] = [];
    for await (const { result } of await batches.results(id)) texts.push(result.type);
    server.resetHandlers();

    const host = "https://aws-external-anthropic.eu-west-1.api.aws";
    expect(done.results_url).toBe(`${host}/v1/messages/batches/${id}/results`);
    expect(texts).toEqual(["succeeded"]);
    await prompt.close();
  });

  test("answer for a host of AWS what is no route of it", async () => {
    const response = await fetch("https://bedrock-runtime.eu-west-1.amazonaws.com/nothing-here", {
      headers: { authorization: "Bearer ABSKkey" },
    });

    expect(response.status).toBe(404);
    expect(response.headers.get("x-amzn-errortype")).toMatch(/^UnknownOperationException:/);
  });
});

describe("createFake().handlers, asked at the two hosts of Amazon Bedrock", () => {
  const headers = { authorization: "Bearer ABSKkey", "content-type": "application/json" };

  test.each([
    ["bedrock-runtime", 404],
    ["bedrock", 200],
  ])("for inference profiles at %s answer %d", async (name, status) => {
    const response = await fetch(`https://${name}.eu-west-1.amazonaws.com/inference-profiles`, { headers });

    expect(response.status).toBe(status);
  });

  test.each([
    ["bedrock-runtime", 200],
    ["bedrock", 404],
  ])("for a model at %s answer %d", async (name, status) => {
    const response = await fetch(
      `https://${name}.eu-west-1.amazonaws.com/model/eu.anthropic.claude-sonnet-4-5-20250929-v1:0/invoke`,
      {
        method: "POST",
        headers,
        body: JSON.stringify({
          anthropic_version: "bedrock-2023-05-31",
          max_tokens: 16,
          messages: [{ role: "user", content: "hello" }],
        }),
      },
    );

    expect(response.status).toBe(status);
  });
});

describe("createFake().handlers, asked for every host", () => {
  test.each([
    "https://bedrock-runtime-fips.us-east-1.amazonaws.com:8443",
    "https://bedrock.cn-north-1.amazonaws.com.cn",
    "https://bedrock-mantle.eu-west-1.api.aws",
    "https://sts.amazonaws.com",
    "https://sts.eu-west-1.api.aws",
    "https://vpce-0a1b-c2d3.sts.us-east-1.vpce.amazonaws.com",
    "https://vpce-0a1b-c2d3.bedrock-runtime.us-east-1.vpce.amazonaws.com",
    "https://sts.amazonaws.com.",
    "https://portal.sso.eu-west-1.amazonaws.com",
    "https://oidc.eu-west-1.amazonaws.com",
    "http://169.254.170.2",
    "http://169.254.170.23",
    "http://[fd00:ec2::23]",
    "http://169.254.169.254",
    "http://[fd00:ec2::254]",
  ])("answer for %s", async (origin) => {
    const before = fake.journal.total;
    await fetch(`${origin}/nothing-here`);

    expect(fake.journal.total).toBe(before + 1);
  });

  test.each(["https://sts.api.aws", "https://bedrock-runtime.amazonaws.com", "https://bedrock.eu-west-1.example.com"])(
    "leave %s to others",
    async (origin) => {
      const before = fake.journal.total;
      const silent = vi.spyOn(console, "error").mockImplementation(() => undefined);
      await expect(fetch(`${origin}/nothing-here`)).rejects.toThrow();
      silent.mockRestore();

      expect(fake.journal.total).toBe(before);
    },
  );
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
