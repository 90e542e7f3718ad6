import { AnthropicAws } from "@anthropic-ai/aws-sdk";
import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createFake, EXAMPLE_CREDENTIALS } from "../src/index.ts";
import { OPERATIONS } from "../src/operations/operations.ts";

const GATEWAY = "https://gateway.example.com";

/** What somebody's own tests answer for: every host but those of the fake, and the rest of the gateway's. */
const theirs = http.all("*", () => HttpResponse.json({ theirs: true }, { status: 218 }));

const fake = createFake({ batchDurationMs: 0, baseUrls: [`${GATEWAY}/claude`, "http://localhost:8080"] });
const server = setupServer(...fake.handlers, theirs);

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => fake.reset());
afterAll(() => server.close());

const statusOf = async (url: string, init?: RequestInit): Promise<number> => (await fetch(url, init)).status;

const clientAt = (baseURL: string): AnthropicAws =>
  new AnthropicAws({
    baseURL,
    awsAccessKey: EXAMPLE_CREDENTIALS.accessKeyId,
    awsSecretAccessKey: EXAMPLE_CREDENTIALS.secretAccessKey,
    awsRegion: "eu-west-1",
    workspaceId: "wrkspc_test",
    maxRetries: 0,
  });

const request = {
  model: "claude-sonnet-4-6",
  max_tokens: 64,
  messages: [{ role: "user" as const, content: "Good morning" }],
};

describe("createFake().handlers, beside handlers of others,", () => {
  test.each([
    ["GET", "https://api.openai.com/v1/models"],
    ["POST", "https://api.anthropic.com/v1/messages"],
    ["POST", "https://api.mistral.ai/v1/files"],
    ["POST", "http://127.0.0.1:4242/v1/messages"],
    ["GET", `${GATEWAY}/v1/models`],
    ["GET", `${GATEWAY}/claudette/v1/models`],
    ["GET", "http://gateway.example.com/claude/v1/models"],
    ["GET", "https://gateway.example.com:8443/claude/v1/models"],
    ["GET", "http://localhost:8081/v1/models"],
    ["GET", "https://bedrock-runtime.eu-west-1.amazonaws.com.example.com/model/x/invoke"],
    ["GET", "https://s3.eu-west-1.amazonaws.com/v1/models"],
  ])("leave %s %s to them", async (method, url) => {
    expect(await statusOf(url, { method })).toBe(218);
    expect(fake.journal.total).toBe(0);
  });

  test.each(["https://api.openai.com", "http://127.0.0.1:1", "https://bedrock.example.com"])(
    "leave every route of every provider at %s to them",
    async (origin) => {
      const statuses = await Promise.all(
        OPERATIONS.map(({ method, path }) => statusOf(origin + path.replaceAll(/\{[^}]*\}/g, "x"), { method })),
      );

      expect(new Set(statuses)).toEqual(new Set([218]));
      expect(fake.journal.total).toBe(0);
    },
  );

  test.each([`${GATEWAY}/claude/v1/models`, "http://localhost:8080/v1/models", `${GATEWAY}/claude`])(
    "answer %s",
    async (url) => {
      expect(await statusOf(url)).not.toBe(218);
      expect(fake.journal.total).toBe(1);
    },
  );
});

describe("createFake({ baseUrls })", () => {
  test.each([`${GATEWAY}/claude`, `${GATEWAY}/claude/`, "http://localhost:8080"])(
    "answers @anthropic-ai/aws-sdk at %s, its signature verified",
    async (baseUrl) => {
      const message = await clientAt(baseUrl).messages.create(request);

      expect(message.content).toMatchObject([{ text: "Good morning" }]);
      expect(fake.report()).toMatchObject({ exchanges: 1, failed: 0 });
    },
  );

  test("leads to the results of a batch behind the prefix", async () => {
    const client = clientAt(`${GATEWAY}/claude`);
    const { id } = await client.messages.batches.create({ requests: [{ custom_id: "a", params: request }] });
    const texts: string[] = [];
    await expect
      .poll(async () => (await client.messages.batches.retrieve(id)).results_url)
      .toBe(`${GATEWAY}/claude/v1/messages/batches/${id}/results`);
    for await (const { result } of await client.messages.batches.results(id)) texts.push(result.type);

    expect(texts).toEqual(["succeeded"]);
  });

  test("takes the longest of several that begin alike", async () => {
    const nested = createFake({ baseUrls: [GATEWAY, `${GATEWAY}/claude`, `${GATEWAY}/claude/deep`] });
    const response = await nested.fetch(`${GATEWAY}/claude/deep/v1/models`, {
      headers: {
        "x-api-key": "aws-external-anthropic-api-key-EXAMPLE",
        "anthropic-workspace-id": "wrkspc_test",
        "anthropic-version": "2023-06-01",
      },
    });

    expect(response.status).toBe(200);
  });

  test.each([
    ["gateway.example.com", "no URL of http or https"],
    ["ftp://gateway.example.com", "no URL of http or https"],
    ["https://me:hush-hush@gateway.example.com", "a URL with a user or a password"],
    ["https://gateway.example.com/?key=hush-hush", "a URL with a query or a fragment"],
  ])("refuses %s", (baseUrl, found) => {
    const create = (): unknown => createFake({ baseUrls: ["http://localhost", baseUrl] });

    expect(create).toThrow(expect.objectContaining({ code: "CONFIGURATION_VALUE", path: "baseUrls[1]", found }));
    expect(create).toThrow(expect.not.objectContaining({ message: expect.stringContaining("hush") }));
  });
});

describe("createFake().fetch", () => {
  test("answers for any host", async () => {
    const { status } = await fake.fetch("https://api.openai.com/v1/models");

    expect(status).toBe(401);
    expect(fake.journal.total).toBe(1);
  });
});
