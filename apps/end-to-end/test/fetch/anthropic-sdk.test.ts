import Anthropic, { APIError, APIUserAbortError, BadRequestError, RateLimitError, toFile } from "@anthropic-ai/sdk";
import type { CreateFetchOptions, Translation } from "@claude-on-aws/fetch";
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

const THINKING = "The user wants the weather; a tool can tell it";
const CONTENT = [
  { type: "thinking", thinking: THINKING, signature: "c2lnbmF0dXJl" },
  { type: "redacted_thinking", data: "cmVkYWN0ZWQ=" },
  { type: "text", text: "I look it up — 👩‍🚀 — at once" },
  { type: "tool_use", id: "toolu_1", name: "get_weather", input: { city: "Zürich", deep: { "a b": null } } },
] as const;

const fake = startFake({
  scenario: {
    replies: [
      { when: { text: "think" }, reply: { content: CONTENT } },
      { when: { text: "throttle once" }, times: 2, reply: { throttle: { retryAfterSeconds: 0.01 } } },
      { when: { text: "throttle always" }, reply: { throttle: { retryAfterSeconds: 0.01 } } },
      { when: { text: "cut" }, reply: { text: TEXT, cutAfterEvents: 4 } },
      { when: { text: "fail" }, reply: { text: TEXT, failAfterEvents: 4, exception: "overloaded_error" } },
      { when: { text: "pace" }, reply: { text: TEXT, eventDelayMs: 600_000 } },
    ],
  },
});

const ask = (content: Anthropic.MessageParam["content"]) => ({
  model: MODEL,
  max_tokens: 2048,
  messages: [{ role: "user" as const, content }],
});

const errorOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe.each(Object.keys(PROVIDERS))("@anthropic-ai/sdk with only its fetch changed, on %s", (provider) => {
  const client = (options: ConstructorParameters<typeof Anthropic>[0] = {}) =>
    new Anthropic({ apiKey: PLACEHOLDER_KEY, fetch: fake.fetchFor(provider), maxRetries: 0, ...options });

  test("gets a message, with the service's id", async () => {
    const { data, request_id } = await client().messages.create(ask("Hello, wörld")).withResponse();

    expect(data.content).toMatchObject([{ type: "text", text: "Hello, wörld" }]);
    expect(request_id).toMatch(ANSWERS[provider]?.requestId ?? /^$/);
  });

  test("streams a message", async () => {
    const texts: string[] = [];
    const stream = client().messages.stream(ask(TEXT));
    stream.on("text", (text) => texts.push(text));

    expect((await stream.finalMessage()).content).toMatchObject([{ type: "text", text: TEXT }]);
    expect(texts.length).toBeGreaterThan(1);
  });

  test("gets thinking with its signature, text and a call of a tool, whole and in a stream", async () => {
    const request = { ...ask("think"), thinking: { type: "enabled" as const, budget_tokens: 1024 } };

    expect((await client().messages.create(request)).content).toMatchObject(CONTENT);
    expect((await client().messages.stream(request).finalMessage()).content).toMatchObject(CONTENT);
  });

  test("goes on after a tool, with the thinking that was signed", async () => {
    const tools = [{ name: "get_weather", input_schema: { type: "object" as const } }];
    const first = await client().messages.create({ ...ask("think"), tools });
    const message = await client().messages.create({
      ...ask("think"),
      tools,
      messages: [
        { role: "user", content: "think" },
        { role: "assistant", content: first.content },
        { role: "user", content: [{ type: "tool_result", tool_use_id: "toolu_1", content: "18 degrees" }] },
      ],
    });

    expect(message.stop_reason).toBe("end_turn");
  });

  test("sends images, documents and what is to be cached", async () => {
    const message = await client().messages.create({
      ...ask([
        { type: "image", source: { type: "base64", media_type: "image/png", data: PIXEL } },
        {
          type: "document",
          source: { type: "text", media_type: "text/plain", data: "A document" },
          citations: { enabled: true },
        },
        { type: "text", text: "What is this?", cache_control: { type: "ephemeral" } },
      ]),
      system: [{ type: "text", text: "Be brief. ".repeat(2000), cache_control: { type: "ephemeral", ttl: "5m" } }],
    });

    expect(message.content).toMatchObject([{ type: "text", text: "What is this?" }]);
  });

  test("counts tokens", async () => {
    const { model, messages } = ask("Hello");

    expect((await client().messages.countTokens({ model, messages })).input_tokens).toBeGreaterThan(1);
  });

  test("raises the typed errors of the service, with its words", async () => {
    const unknown = await errorOf(client().messages.create({ ...ask("Hello"), model: "claude-unknown" }));
    const throttled = await errorOf(client().messages.create(ask("throttle always")));

    expect(unknown).toMatchObject({ status: ANSWERS[provider]?.unknownModel });
    expect(throttled).toBeInstanceOf(RateLimitError);
    expect((throttled as RateLimitError).headers.get("retry-after")).toBe("0.01");
  });

  test("is not tried again by fetch where the SDK does it, and is where it is told to", async () => {
    const seen = (): number => fake.core.journal.snapshot().exchanges.length;
    const before = seen();
    await errorOf(client().messages.create(ask("throttle always")));
    expect(seen() - before).toBe(1);
    const message = await client({ fetch: fake.fetchFor(provider, { retries: 2 }) }).messages.create(
      ask("throttle once"),
    );
    expect(message.type).toBe("message");
    const again = await client({ maxRetries: 2 }).messages.create(ask("throttle once"));
    expect(again.type).toBe("message");
  });

  test("raises an error for a stream that is cut, with a code of its own, and passes on one that the service sends", async () => {
    const cut = await errorOf(client().messages.stream(ask("cut")).finalMessage());
    const failed = await errorOf(client().messages.stream(ask("fail")).finalMessage());

    expect(cut).toBeInstanceOf(APIError);
    expect((cut as Error).message).toContain("STREAM_TRUNCATED");
    expect((failed as Error).message).toContain("overloaded_error");
  });

  test("is ended by the caller before the first byte and within a stream", async () => {
    const controller = new AbortController();
    const stream = client().messages.stream(ask("pace"), { signal: controller.signal });
    stream.once("streamEvent", () => controller.abort());

    expect(await errorOf(stream.finalMessage())).toBeInstanceOf(APIUserAbortError);
    const early = new AbortController();
    early.abort();
    const never = client().messages.create(ask("Hello"), { signal: early.signal });
    expect(await errorOf(never)).toBeInstanceOf(APIUserAbortError);
  });

  test("raises BadRequestError at once for a body that says two things", async () => {
    const fetch = fake.fetchFor(provider);
    const twice = (input: string | URL | Request, init?: RequestInit) =>
      fetch(input, { ...init, body: String(init?.body).replace("{", '{"mod\\u0065l":"claude-opus-4-7",') });
    const error = await errorOf(client({ fetch: twice, maxRetries: 2 }).messages.create(ask("Hello")));

    expect(error).toBeInstanceOf(BadRequestError);
    expect((error as BadRequestError).headers.get("x-claude-on-aws-refusal")).toBe("BODY_KEY_REPEATED");
  });
});

describe("@anthropic-ai/sdk with only its fetch changed, on Claude Platform on AWS alone", () => {
  const client = () => new Anthropic({ apiKey: PLACEHOLDER_KEY, fetch: fake.fetchFor("anthropic-aws"), maxRetries: 0 });

  test("lists the models, page by page", async () => {
    const ids: string[] = [];
    for await (const { id } of client().models.list({ limit: 4 })) ids.push(id);

    expect(ids).toContain("claude-opus-5-5");
  });

  test("gets structured output", async () => {
    const schema = {
      type: "object" as const,
      properties: { city: { type: "string" } },
      required: ["city"],
      additionalProperties: false,
    };
    const message = await client().messages.create({
      ...ask("Where?"),
      output_config: { format: { type: "json_schema", schema } },
    });

    expect(message.type).toBe("message");
  });

  test("uploads a file, which streams", async () => {
    const file = await toFile(new Uint8Array(300_000).fill(97), "a.txt", { type: "text/plain" });
    const uploaded = await client().beta.files.upload({ file });

    expect(uploaded).toMatchObject({ filename: "a.txt", size_bytes: 300_000 });
    expect((await client().beta.files.retrieveMetadata(uploaded.id)).id).toBe(uploaded.id);
  });

  test("makes a batch and reads its results", async () => {
    const batch = await client().messages.batches.create({
      requests: [{ custom_id: "one", params: { ...ask("Hello"), model: "claude-sonnet-4-6" } }],
    });

    expect(batch.request_counts.processing).toBe(1);
  });
});

describe("@anthropic-ai/sdk with only its fetch changed, on Amazon Bedrock alone", () => {
  const client = (options: CreateFetchOptions = {}) =>
    new Anthropic({ apiKey: PLACEHOLDER_KEY, fetch: fake.fetchFor("bedrock", options), maxRetries: 0 });

  test("lists the inference profiles as models, page by page, and gets one", async () => {
    const ids: string[] = [];
    for await (const { id } of client().models.list({ limit: 4 })) ids.push(id);

    expect(ids).toContain("us.anthropic.claude-opus-5-5");
    expect(new Set(ids).size).toBe(ids.length);
    expect(await client().models.retrieve("us.anthropic.claude-opus-5-5")).toMatchObject({ type: "model" });
  });

  test("gets structured output", async () => {
    const schema = {
      type: "object" as const,
      properties: { city: { type: "string" } },
      required: ["city"],
      additionalProperties: false,
    };
    const message = await client().messages.create({
      ...ask("Where?"),
      output_config: { format: { type: "json_schema", schema } },
    });

    expect(message.content[0]).toMatchObject({ type: "text", text: expect.stringContaining("city") });
  });

  test("sends only the betas that the service takes, and says of each what became of it", async () => {
    const told: Translation[] = [];
    const onTranslate: CreateFetchOptions["onTranslate"] = ({ translations }) => void told.push(...translations);
    const message = await client({ onTranslate }).beta.messages.create({
      ...ask("Hello"),
      betas: ["interleaved-thinking-2025-05-14", "fast-mode-2026-02-01", "of-tomorrow-2027-01-01"],
      speed: "fast",
      tools: [{ type: "text_editor_20250728", name: "str_replace_based_edit_tool" }],
    });

    expect(message.type).toBe("message");
    const betas = told
      .filter(({ subject }) => /beta/.test(subject))
      .map(({ action, before, after }) => [action, before, after]);
    expect(betas).toEqual([
      ["move", "interleaved-thinking-2025-05-14", "interleaved-thinking-2025-05-14"],
      ["drop", "fast-mode-2026-02-01", null],
      ["drop", "of-tomorrow-2027-01-01", null],
      ["set", null, "computer-use-2025-01-24"],
    ]);
    expect(told.map(({ subject }) => subject)).toContain("body.speed");
  });

  test("refuses what the service does not have, at once and in the form of the API", async () => {
    const counted = await errorOf(client().messages.countTokens({ ...ask("Hello"), model: "claude-opus-5" }));
    const batch = await errorOf(client().messages.batches.list());

    expect(counted).toMatchObject({ status: 501, headers: expect.objectContaining({}) });
    expect((counted as APIError).headers?.get("x-should-retry")).toBe("false");
    expect(batch).toMatchObject({ status: 404 });
  });
});

test("@anthropic-ai/sdk breaks no rule but that of the model which does not exist", () => {
  const rules = new Set(brokenRules(fake).map(({ rule }) => rule));

  expect([...rules]).toEqual(["model-known"]);
});
