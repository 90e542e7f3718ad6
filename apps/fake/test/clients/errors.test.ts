import type { AnthropicAws } from "@anthropic-ai/aws-sdk";
import { APIError, APIUserAbortError, InternalServerError, RateLimitError } from "@anthropic-ai/sdk";
import {
  type BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
  ModelErrorException,
  ModelStreamErrorException,
  ServiceUnavailableException,
  ThrottlingException,
} from "@aws-sdk/client-bedrock-runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ScenarioReply } from "../../src/settings/scenario/scenario-reply.ts";
import type { ScenarioRow } from "../../src/settings/scenario/scenario-row.ts";
import { startFake } from "../support/start-fake.ts";
import { BEDROCK_MODEL, bedrockRuntime, MESSAGES_CLIENTS } from "./make-clients.ts";

const TEXT = "A text that is long enough to be streamed in a few events";

/** What is asked for by its name in the text, so that the tests of the file share a fake. */
const REPLIES: Readonly<Record<string, ScenarioReply>> = {
  "throttle me": { throttle: { retryAfterSeconds: 0.01 } },
  "overload me": { overload: { retryAfterSeconds: 0.01 } },
  "fail me": { text: TEXT, failAfterEvents: 4, exception: "throttlingException" },
  "break me": { text: TEXT, failAfterEvents: 4 },
  "cut me": { text: TEXT, cutAfterEvents: 4 },
  "pace me": { text: TEXT, eventDelayMs: 600_000 },
};
const rows: ScenarioRow[] = Object.entries(REPLIES).flatMap(([text, reply]): ScenarioRow[] => [
  { when: { text: `${text} once` }, times: 1, reply },
  { when: { text: `${text} always` }, reply },
]);

const fake = startFake({ scenario: { replies: rows } });

const lastEntry = () => fake.core.journal.snapshot().exchanges.at(-1);

/** What a promise rejects with. */
const errorOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe.each(Object.entries(MESSAGES_CLIENTS))("%s", (name, { client, model }) => {
  const request = (content: string) => ({ model, max_tokens: 256, messages: [{ role: "user" as const, content }] });
  const isBedrock = name === "@anthropic-ai/bedrock-sdk";
  const ask = (content: string, maxRetries = 0) =>
    client(fake.server.url, { maxRetries }).messages.create(request(content));

  test("raises RateLimitError with its ID", async () => {
    const error = await errorOf(ask("throttle me always"));

    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ status: 429 });
    const { headers, requestID } = error as RateLimitError;
    expect(headers.get("retry-after")).toBe("0.01");
    expect(headers.get("x-amzn-requestid")).toMatch(/^[0-9a-f-]{36}$/);
    if (!isBedrock) expect(requestID).toMatch(/^req_01\w{22}$/);
    expect(lastEntry()?.reply.status).toBe(429);
  });

  test("raises InternalServerError where the service is overloaded", async () => {
    const error = await errorOf(ask("overload me always"));

    expect(error).toBeInstanceOf(InternalServerError);
    expect(error).toMatchObject({ status: isBedrock ? 503 : 529 });
    if (!isBedrock) expect(error).toMatchObject({ type: "overloaded_error" });
  });

  test.each(["throttle me", "overload me"])("tries again and succeeds after: %s", async (what) => {
    fake.core.reset();
    const { content } = await ask(`${what} once`, 2);

    expect(content).toMatchObject([{ type: "text", text: `${what} once` }]);
    expect(fake.core.journal.total).toBe(2);
  });

  test("is told in mid-stream that it is throttled", async () => {
    const texts: string[] = [];
    const stream = client(fake.server.url).messages.stream(request("fail me always"));
    stream.on("text", (text) => texts.push(text));
    const error = await errorOf(stream.finalMessage());

    expect(error).toBeInstanceOf(APIError);
    expect((error as APIError).message).toContain("Too many tokens");
    expect(TEXT.startsWith(texts.join(""))).toBe(true);
    expect(texts.length).toBeGreaterThan(0);
  });

  test("is told in mid-stream, in the loop over the events", async () => {
    const types: string[] = [];
    const error = await errorOf(
      (async () => {
        const stream = await client(fake.server.url).messages.create({ ...request("fail me always"), stream: true });
        for await (const { type } of stream) types.push(type);
      })(),
    );

    expect(error).toBeInstanceOf(APIError);
    expect(types[0]).toBe("message_start");
    expect(types).not.toContain("message_stop");
  });

  test("gets the status of the exception where it does not stream", async () => {
    expect(await errorOf(ask("fail me always"))).toBeInstanceOf(RateLimitError);
  });

  test("gets a stream without its end", async () => {
    const types: string[] = [];
    const stream = await client(fake.server.url).messages.create({ ...request("cut me always"), stream: true });
    for await (const { type } of stream) types.push(type);

    expect(types[0]).toBe("message_start");
    expect(types).not.toContain("message_stop");
  });

  test("hangs up in mid-stream, and the fake answers on", async () => {
    const stream = client(fake.server.url).messages.stream(request("pace me always"));
    const started = new Promise<void>((resolve) => void stream.on("streamEvent", () => resolve()));
    const final = errorOf(stream.finalMessage());
    await started;
    stream.abort();

    expect(await final).toBeInstanceOf(APIUserAbortError);
    expect((await ask("Hello")).content).toMatchObject([{ text: "Hello" }]);
  });
});

describe("@anthropic-ai/aws-sdk", () => {
  const client = (): Pick<AnthropicAws, "messages"> =>
    MESSAGES_CLIENTS["@anthropic-ai/aws-sdk"]?.client(fake.server.url) as Pick<AnthropicAws, "messages">;
  const request = { model: "claude-sonnet-4-6", max_tokens: 256, messages: [{ role: "user" as const, content: TEXT }] };

  test("is told what is left of the minute, and by whom", async () => {
    const { response } = await client().messages.create(request).withResponse();
    const { headers } = response;

    expect(headers.get("anthropic-organization-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get("anthropic-workspace-id")).toBe("wrkspc_01AbCdEf23GhIj");
    for (const kind of ["requests", "tokens", "input-tokens", "output-tokens"]) {
      const limit = Number(headers.get(`anthropic-ratelimit-${kind}-limit`));
      const remaining = Number(headers.get(`anthropic-ratelimit-${kind}-remaining`));
      expect(remaining).toBeGreaterThan(0);
      expect(remaining).toBeLessThan(limit);
      expect(headers.get(`anthropic-ratelimit-${kind}-reset`)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    }
  });

  test("is told with 429 that no request is left", async () => {
    const error = await errorOf(
      client().messages.create({ ...request, messages: [{ role: "user", content: "throttle me always" }] }),
    );

    expect((error as RateLimitError).headers.get("anthropic-ratelimit-requests-remaining")).toBe("0");
  });
});

describe("BedrockRuntimeClient over HTTP/2", () => {
  let client: BedrockRuntimeClient;
  beforeAll(() => void (client = bedrockRuntime(fake.server.url)));
  afterAll(() => client.destroy());

  const modelId = BEDROCK_MODEL;
  const contentType = "application/json";
  const body = (content: string): string =>
    JSON.stringify({ anthropic_version: "bedrock-2023-05-31", max_tokens: 64, messages: [{ role: "user", content }] });
  const messages = (text: string) => [{ role: "user" as const, content: [{ text }] }];

  const OPERATIONS: Readonly<Record<string, (text: string, by?: BedrockRuntimeClient) => Promise<unknown>>> = {
    Converse: (text, by = client) => by.send(new ConverseCommand({ modelId, messages: messages(text) })),
    ConverseStream: (text, by = client) => by.send(new ConverseStreamCommand({ modelId, messages: messages(text) })),
    InvokeModel: (text, by = client) => by.send(new InvokeModelCommand({ modelId, contentType, body: body(text) })),
    InvokeModelWithResponseStream: (text, by = client) =>
      by.send(new InvokeModelWithResponseStreamCommand({ modelId, contentType, body: body(text) })),
  };

  test.each(Object.entries(OPERATIONS))("raises ThrottlingException with its ID from %s", async (_, send) => {
    const error = await errorOf(send("throttle me always"));

    expect(error).toBeInstanceOf(ThrottlingException);
    expect((error as ThrottlingException).$metadata).toMatchObject({ httpStatusCode: 429 });
    expect((error as ThrottlingException).$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test.each(Object.entries(OPERATIONS))("raises ServiceUnavailableException from %s", async (_, send) => {
    expect(await errorOf(send("overload me always"))).toBeInstanceOf(ServiceUnavailableException);
  });

  test.each(Object.entries(OPERATIONS))("tries again and succeeds with %s", async (_, send) => {
    fake.core.reset();
    const retrying = bedrockRuntime(fake.server.url, { maxAttempts: 3 });
    await send("throttle me once", retrying);
    retrying.destroy();

    expect(fake.core.journal.total).toBe(2);
  });

  test.each([
    ["ConverseStream", "stream"],
    ["InvokeModelWithResponseStream", "body"],
  ])("is told in the loop over the events of %s", async (operation, field) => {
    const read = async (text: string): Promise<number> => {
      const answer = (await OPERATIONS[operation]?.(text)) as Record<string, AsyncIterable<unknown>>;
      let events = 0;
      try {
        for await (const event of answer[field] ?? []) events += event === undefined ? 0 : 1;
      } catch (error) {
        throw Object.assign(error as Error, { events });
      }
      return events;
    };
    const throttled = await errorOf(read("fail me always"));
    const broken = await errorOf(read("break me always"));

    expect(throttled).toBeInstanceOf(ThrottlingException);
    expect(throttled).toMatchObject({ events: 4 });
    expect(broken).toBeInstanceOf(ModelStreamErrorException);
    expect(await read("cut me always")).toBe(4);
  });

  test("raises ModelErrorException where a stream would have broken off", async () => {
    expect(await errorOf(OPERATIONS["Converse"]?.("break me always") as Promise<unknown>)).toBeInstanceOf(
      ModelErrorException,
    );
  });

  test("hangs up in mid-stream, and the fake answers on", async () => {
    const aborter = new AbortController();
    const { stream } = await client.send(new ConverseStreamCommand({ modelId, messages: messages("pace me always") }), {
      abortSignal: aborter.signal,
    });
    const read = errorOf(
      (async () => {
        for await (const _ of stream ?? []) aborter.abort();
      })(),
    );
    await new Promise<void>((resolve) => void aborter.signal.addEventListener("abort", () => resolve()));

    await expect(OPERATIONS["Converse"]?.("Hello")).resolves.toMatchObject({ stopReason: "end_turn" });
    client.destroy();
    client = bedrockRuntime(fake.server.url);
    await read;
  });
});
