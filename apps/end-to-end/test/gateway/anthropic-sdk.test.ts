import Anthropic, {
  APIError,
  APIUserAbortError,
  AuthenticationError,
  InternalServerError,
  RateLimitError,
  toFile,
} from "@anthropic-ai/sdk";
import { describe, expect, test } from "vitest";
import { errorOf } from "../support/error-of.ts";
import { ANSWERS, brokenRules, MODEL, PIXEL, startFake, TEXT } from "../support/fetch-providers.ts";
import { startGateway, TOKEN } from "../support/start-gateway.ts";
import { startServedGateway } from "../support/serve-gateway.ts";
import { untilNot } from "../support/until-not.ts";

const CONTENT = [
  { type: "thinking", thinking: "The user wants the weather; a tool can tell it", signature: "c2lnbmF0dXJl" },
  { type: "redacted_thinking", data: "cmVkYWN0ZWQ=" },
  { type: "text", text: "I look it up — 👩‍🚀 — at once" },
  { type: "tool_use", id: "toolu_1", name: "get_weather", input: { city: "Zürich", deep: { "a b": null } } },
] as const;

const SCENARIO = {
  replies: [
    { when: { text: "think" }, reply: { content: CONTENT } },
    { when: { text: "throttle once" }, times: 1, reply: { throttle: { retryAfterSeconds: 0.01 } } },
    { when: { text: "throttle always" }, reply: { throttle: { retryAfterSeconds: 0.01 } } },
    { when: { text: "overload" }, reply: { overload: {} } },
    { when: { text: "cut" }, reply: { text: TEXT, cutAfterEvents: 4 } },
    { when: { text: "fail" }, reply: { text: TEXT, failAfterEvents: 4, exception: "overloaded_error" } },
    { when: { text: "pace" }, reply: { text: TEXT, eventDelayMs: 600_000 } },
  ],
} as const;

const ask = (content: Anthropic.MessageParam["content"]) => ({
  model: MODEL,
  max_tokens: 2048,
  messages: [{ role: "user" as const, content }],
});

const SCHEMA = {
  type: "object" as const,
  properties: { city: { type: "string" } },
  required: ["city"],
  additionalProperties: false,
};

type ClientOptions = ConstructorParameters<typeof Anthropic>[0];

/** The two headers in which this SDK shows a token. */
const PROOFS = {
  ANTHROPIC_AUTH_TOKEN: (token: string) => ({ authToken: token, apiKey: null }),
  ANTHROPIC_API_KEY: (token: string) => ({ apiKey: token, authToken: null }),
};

describe.each(["anthropic-aws", "bedrock", "mantle"] as const)(
  "@anthropic-ai/sdk with a base URL and a token, through a gateway to %s",
  (provider) => {
    const fake = startFake({ scenario: SCENARIO, batchDurationMs: 1 });
    const gateway = startServedGateway(fake, provider);
    const client = (options: ClientOptions = {}) =>
      new Anthropic({ ...PROOFS.ANTHROPIC_AUTH_TOKEN(gateway.token), baseURL: gateway.url, maxRetries: 0, ...options });
    const exchanges = () => fake.core.journal.snapshot().exchanges;

    test.each(Object.entries(PROOFS))("gets a message with its %s, and the service's id", async (_, proof) => {
      const { data, request_id, response } = await client(proof(gateway.token))
        .messages.create(ask("Hello, wörld"))
        .withResponse();

      expect(data.content).toMatchObject([{ type: "text", text: "Hello, wörld" }]);
      expect(request_id).toMatch(ANSWERS[provider]?.requestId ?? /^$/);
      expect(response.headers.get("x-claude-on-aws-upstream")).toBe(provider);
      expect(exchanges().at(-1)?.caller?.kind).toBe("sigv4");
    });

    test("is refused at once with another token, in its typed error", async () => {
      const before = exchanges().length;
      const error = await errorOf(
        client({ authToken: "a-token-of-somebody", maxRetries: 2 }).messages.create(ask("Hello")),
      );

      expect(error).toBeInstanceOf(AuthenticationError);
      expect((error as AuthenticationError).type).toBe("authentication_error");
      expect((error as AuthenticationError).headers.get("x-should-retry")).toBe("false");
      expect(exchanges().length).toBe(before);
    });

    test("streams a message", async () => {
      const texts: string[] = [];
      const stream = client().messages.stream(ask(TEXT));
      stream.on("text", (text) => texts.push(text));
      const message = await stream.finalMessage();

      expect(message.content).toMatchObject([{ type: "text", text: TEXT }]);
      expect(message.usage.output_tokens).toBeGreaterThan(1);
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
          { type: "document", source: { type: "text", media_type: "text/plain", data: "A document" } },
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

    test("raises the typed errors of the service, with its words and its headers", async () => {
      const unknown = await errorOf(client().messages.create({ ...ask("Hello"), model: "claude-unknown" }));
      const throttled = (await errorOf(client().messages.create(ask("throttle always")))) as RateLimitError;
      const overloaded = await errorOf(client().messages.create(ask("overload")));

      expect(unknown).toMatchObject({ status: ANSWERS[provider]?.unknownModel });
      expect(throttled).toBeInstanceOf(RateLimitError);
      expect(throttled.headers.get("retry-after")).toBe("0.01");
      expect(throttled.requestID).toMatch(ANSWERS[provider]?.requestId ?? /^$/);
      expect(throttled.type).toBe("rate_limit_error");
      expect(overloaded).toBeInstanceOf(InternalServerError);
      expect(overloaded).toMatchObject({ status: ANSWERS[provider]?.overloaded });
    });

    test("tries again after a throttle, as long as the service says", async () => {
      expect((await client({ maxRetries: 1 }).messages.create(ask("throttle once"))).type).toBe("message");
    });

    test("raises an error for a stream that is cut, and for one in which the service sends an error", async () => {
      const cut = await errorOf(client().messages.stream(ask("cut")).finalMessage());
      const failed = await errorOf(client().messages.stream(ask("fail")).finalMessage());

      expect(cut).toBeInstanceOf(APIError);
      expect((cut as Error).message).toContain("STREAM_TRUNCATED");
      expect((failed as Error).message).toContain("overloaded_error");
    });

    test("leaves within a stream, and the service hears of it", async () => {
      const controller = new AbortController();
      const stream = client().messages.stream(ask("pace"), { signal: controller.signal });
      stream.once("streamEvent", () => controller.abort());

      expect(await errorOf(stream.finalMessage())).toBeInstanceOf(APIUserAbortError);
      expect(await untilNot(() => exchanges().at(-1)?.end?.outcome, undefined)).toBe("client-left");
    });

    test.skipIf(provider === "mantle")(
      `gets structured output${provider === "mantle" ? " (skipped: mantle has none)" : ""}`,
      async () => {
        const message = await client().messages.create({
          ...ask("Where?"),
          output_config: { format: { type: "json_schema", schema: SCHEMA } },
        });

        expect(message.content[0]).toMatchObject({ type: "text", text: expect.stringContaining("city") });
      },
    );

    const title = "of the model which does not exist";
    test(`breaks no rule of AWS but that ${title}`, () => {
      expect([...new Set(brokenRules(fake).map(({ rule }) => rule))]).toEqual(["model-known"]);
    });

    test.skipIf(provider === "mantle")(
      `lists the models, page by page, and gets one${provider === "mantle" ? " (skipped: mantle has no list)" : ""}`,
      async () => {
        const ids: string[] = [];
        for await (const { id } of client().models.list({ limit: 4 })) ids.push(id);

        expect(ids.some((id) => id.endsWith("claude-opus-5-5"))).toBe(true);
        for (const id of ids) expect(await client().models.retrieve(id)).toMatchObject({ type: "model", id });
      },
    );
  },
);

describe("@anthropic-ai/sdk with a base URL and a token, through a gateway to Claude Platform on AWS alone", () => {
  const fake = startFake({ batchDurationMs: 1 });
  const gateway = startServedGateway(fake, "anthropic-aws");
  const client = () => new Anthropic({ authToken: gateway.token, apiKey: null, baseURL: gateway.url, maxRetries: 0 });

  test("uploads a file, which streams, reads and removes it", async () => {
    const file = await toFile(new Uint8Array(300_000).fill(97), "a.txt", { type: "text/plain" });
    const { id, size_bytes } = await client().beta.files.upload({ file });
    const listed: string[] = [];
    for await (const each of client().beta.files.list()) listed.push(each.id);

    expect(size_bytes).toBe(300_000);
    expect(listed).toEqual([id]);
    expect((await client().beta.files.retrieveMetadata(id)).filename).toBe("a.txt");
    expect(await client().beta.files.delete(id)).toMatchObject({ id });
  });

  test("makes a batch, and reads its results, of which the service says where they are", async () => {
    const { id } = await client().messages.batches.create({
      requests: [{ custom_id: "one", params: { ...ask("Hello"), model: "claude-sonnet-4-6" } }],
    });
    const status = async () => (await client().messages.batches.retrieve(id)).processing_status;
    expect(await untilNot(status, "in_progress")).toBe("ended");
    const before = fake.core.journal.snapshot().exchanges.length;
    const results: string[] = [];
    for await (const { custom_id, result } of await client().messages.batches.results(id)) {
      results.push(`${custom_id} ${result.type}`);
    }
    const asked = fake.core.journal.snapshot().exchanges.slice(before);

    expect(results).toEqual(["one succeeded"]);
    expect(asked.map(({ caller }) => caller?.kind)).toEqual(["sigv4", "sigv4"]);
    expect(await client().messages.batches.delete(id)).toMatchObject({ id });
  });

  test("breaks no rule of AWS", () => {
    expect(brokenRules(fake)).toEqual([]);
  });

  describe("that reads no more than 100 bytes of an answer whole", () => {
    const small = startGateway(fake, "anthropic-aws", { maxGatheredBytes: 100 });

    test("is told to ask for fewer batches, since each says where its results are", async () => {
      const asking = new Anthropic({ authToken: TOKEN, apiKey: null, baseURL: small.url, maxRetries: 2 });
      const batch = { custom_id: "one", params: { ...ask("Hello"), model: "claude-sonnet-4-6" } };
      await client().messages.batches.create({ requests: [batch] });
      const error = (await errorOf(asking.messages.batches.list().then(() => undefined))) as APIError;

      expect(error).toMatchObject({ status: 501, type: "not_supported" });
      expect(error.message).toContain("ask for fewer at once, with limit");
    });
  });
});
