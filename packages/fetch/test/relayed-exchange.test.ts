import { soakProperty } from "@claude-on-aws/fixtures";
import { encodeBedrockChunks } from "@claude-on-aws/streaming/claude";
import { array, assert, asyncProperty, constantFrom, oneof, record, string, tuple } from "fast-check";
import { describe, expect, test } from "vitest";
import type { BodySource, ExchangeAnswer, ExchangeRequest, FetchError, Header } from "../src/index.ts";
import { BODY, json, post, startUpstream } from "./support/upstream.ts";

const upstream = startUpstream();
const last = () => upstream.received.at(-1);
const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** The variables that lead to the upstream instead of those for Claude Platform on AWS. */
const PROVIDERS: Readonly<Record<string, () => Readonly<Record<string, string>>>> = {
  "Claude Platform on AWS": () => ({}),
  "Bedrock's Messages endpoint": () => ({
    CLAUDE_CODE_USE_ANTHROPIC_AWS: "",
    CLAUDE_CODE_USE_MANTLE: "1",
    ANTHROPIC_BEDROCK_MANTLE_BASE_URL: `${upstream.url}/anthropic`,
  }),
  "Amazon Bedrock": () => ({
    CLAUDE_CODE_USE_ANTHROPIC_AWS: "",
    CLAUDE_CODE_USE_BEDROCK: "1",
    ANTHROPIC_BEDROCK_BASE_URL: upstream.url,
  }),
};

async function readAll(body: BodySource | null): Promise<string> {
  const parts: Uint8Array[] = [];
  for (let part = await body?.read(); part; part = await body?.read()) parts.push(part);
  return Buffer.concat(parts).toString();
}

/** What came of a call: an answer, or the error that it or its body failed with. */
type Outcome = readonly [status: number, headers: readonly Header[], body: string] | { readonly failed: unknown };

const outcomeOf = (call: Promise<Outcome>): Promise<Outcome> =>
  call.catch((error: Partial<FetchError>) => ({ failed: error.code ?? error.message }));

/** Some differ from one call to the next. */
const byName = (headers: Iterable<readonly [string, string]>): readonly Header[] =>
  [...new Headers([...headers] as [string, string][])].filter(([name]) => name !== "date");

const SIGNED = /^(?:authorization|x-amz-date|connection|accept|accept-language|user-agent|sec-fetch-mode|host)$/;

/** What the upstream was sent since; each by what both calls have in common. */
const receivedSince = (count: number): unknown =>
  upstream.received.slice(count).map(({ method, target, headers, body }) => ({
    method,
    target,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !SIGNED.test(name))),
    body: Buffer.from(body).toString(),
  }));

const MESSAGE = '{"type":"message","content":[]}';
const SSE =
  'event: message_start\ndata: {"type":"message_start"}\n\nevent: message_stop\ndata: {"type":"message_stop"}\n\n';
const EVENT_STREAM = encodeBedrockChunks(['{"type":"message_start"}', '{"type":"message_stop"}']);

const requests = record({
  method: constantFrom("POST", "post", "GET"),
  target: constantFrom(
    "/v1/messages",
    "/proxy/v1/messages?beta=true",
    "/messages",
    "/v1/messages/count_tokens",
    "/v1/files/../messages",
    "/v1/%2e%2e/v1/messages?a=b c#d",
    "/v1/models?limit=2&after_id=x",
    "/v1/models/claude-opus-5-5",
    "//v1\\messages",
    "/model/us.anthropic.claude-opus-5-5/invoke",
    "/elsewhere",
  ),
  headers: array(
    tuple(
      constantFrom("Anthropic-Beta", "anthropic-beta", "X-Own", "x-own", "Content-Type", "Authorization", "Cookie"),
      // Deno's `Headers` drop an empty value before another one, where the standard joins them.
      oneof(
        constantFrom("a", " a b ", "context-1m-2025-08-07", "application/json"),
        string({ unit: constantFrom("x", " ", ",") }).filter((value) => value.trim() !== ""),
      ),
    ),
    { maxLength: 5 },
  ),
  body: constantFrom(
    BODY,
    BODY.replace("claude-opus-5-5", "opus"),
    BODY.replace('"max_tokens":16', '"max_tokens":16,"stream":true'),
    BODY.replace("{", '{"tags":{"a":"b"},"Model":1,'),
    '{"model":"a","model":"b"}',
    "{}",
    "no",
    "",
  ),
});

const answers = record({
  status: constantFrom(200, 200, 200, 400, 403, 429, 529),
  type: constantFrom("application/json", "text/event-stream", "application/vnd.amazon.eventstream", "text/html"),
  headers: array(tuple(constantFrom("request-id", "x-own", "set-cookie", "X-Amzn-RequestId"), constantFrom("a", "b")), {
    maxLength: 4,
  }),
  body: constantFrom(MESSAGE, SSE, EVENT_STREAM, "", '{"message":"Too many requests"}'),
  /** How much of the body is sent before it ends. */
  part: constantFrom(1, 1, 0.5),
});

describe.each(Object.entries(PROVIDERS))("exchange() with %s", (_, env) => {
  test("sends what fetch() sends, and answers what it answers", async () => {
    const claude = upstream.fetch({ retries: 1, maxRetryDelayMs: 0 }, env());
    const agrees = asyncProperty(requests, answers, async (request, answer) => {
      upstream.answer = (_request, response) => {
        response.writeHead(answer.status, [...answer.headers, ["content-type", answer.type]].flat());
        const bytes = Buffer.from(answer.body);
        response.end(bytes.subarray(0, bytes.length * answer.part));
      };
      const { method, target, headers } = request;
      const body = method === "GET" ? null : encode(request.body);
      const before = upstream.received.length;
      const fetched = await outcomeOf(
        claude(`http://client.invalid${target}`, { method, headers: headers as [string, string][], body }).then(
          async (response) => [response.status, byName(response.headers), await response.text()] as const,
        ),
      );
      const sent = receivedSince(before);
      const between = upstream.received.length;
      const exchanged = await outcomeOf(
        claude
          .exchange({ method, target, headers, body })
          .then(async (given) => [given.status, byName(given.headers), await readAll(given.body)] as const),
      );

      expect(exchanged).toEqual(fetched);
      expect(receivedSince(between)).toEqual(sent);
    });
    await assert(agrees, soakProperty(5000, 150));
  });
});

describe("exchange()", () => {
  const request = (more: Partial<ExchangeRequest> = {}): ExchangeRequest => ({
    method: "POST",
    target: "/v1/messages",
    headers: [["Content-Type", "application/json"]],
    body: encode(BODY.replace("claude-opus-5-5", "opus")),
    ...more,
  });

  test("says who was asked for what, and what was changed", async () => {
    upstream.answer = json(200, { type: "message" });
    const { body, headers, ...answer } = await upstream.fetch().exchange(request());

    expect(answer).toMatchObject({
      status: 200,
      provider: "anthropic-aws",
      model: "claude-opus-5-5",
      url: `${upstream.url}/v1/messages`,
      translations: [{ subject: "body.model", before: "opus", after: "claude-opus-5-5" }],
      refusal: null,
    });
    expect(headers).toContainEqual(["x-claude-on-aws-translations", 'set body.model "opus" -> "claude-opus-5-5"']);
    expect(await readAll(body)).toBe('{"type":"message"}');
  });

  test("answers what is refused here in the form of the Messages API, and says so", async () => {
    const seen = upstream.received.length;
    const { body, refusal, status, url } = await upstream.fetch().exchange(request({ body: encode("no") }));

    expect([status, refusal?.code, url]).toEqual([400, "BODY_MALFORMED", null]);
    expect(JSON.parse(await readAll(body))).toMatchObject({ type: "error", error: { type: "invalid_request_error" } });
    expect(upstream.received.length).toBe(seen);
  });

  test.each(["", "PO ST", "GET / HTTP/1.1\r\nx: y\r\n\r\nPOST"])("sends nothing with the method %j", async (method) => {
    const seen = upstream.received.length;

    await expect(upstream.fetch().exchange(request({ method }))).rejects.toBeInstanceOf(TypeError);
    expect(upstream.received.length).toBe(seen);
  });

  test("takes a body that streams, and answers without one", async () => {
    upstream.answer = (_, response) => response.writeHead(204).end();
    const { body, status } = await upstream.fetch().exchange(request({ body: new Blob([BODY]).stream() }));

    expect([status, body]).toEqual([204, null]);
    expect(Buffer.from(last()?.body ?? []).toString()).toBe(BODY);
  });

  test("keeps headers that came more than once apart", async () => {
    upstream.answer = (_, response) =>
      response.writeHead(200, ["set-cookie", "a=1", "Set-Cookie", "b=2", "connection", "keep-alive"]).end("{}");
    const { headers } = await upstream.fetch().exchange(request());

    expect(headers.filter(([name]) => name === "set-cookie")).toEqual([
      ["set-cookie", "a=1"],
      ["set-cookie", "b=2"],
    ]);
    expect(headers.some(([name]) => name === "connection" || name === "transfer-encoding")).toBe(false);
  });

  const stream = async (): Promise<ExchangeAnswer & { abort: (reason: Error) => void }> => {
    const controller = new AbortController();
    upstream.answer = (_, response) => {
      response.writeHead(200, { "content-type": "application/octet-stream" });
      response.write("a");
    };
    const answer = await upstream.fetch().exchange(request({ signal: controller.signal }));
    return { ...answer, abort: (reason) => controller.abort(reason) };
  };

  test("fails the body with the caller's reason, each time that it is read", async () => {
    const reason = new Error("enough");
    const closed = upstream.closed();
    const { body, abort } = await stream();
    await body?.read();
    abort(reason);

    await expect(body?.read()).rejects.toBe(reason);
    await expect(body?.read()).rejects.toBe(reason);
    await closed;
  });

  test("lets go of a body that is cancelled, and closes its connection", async () => {
    const closed = upstream.closed();
    const { body } = await stream();
    body?.cancel();

    expect(await body?.read()).toBeNull();
    await expect(closed).resolves.toBeUndefined();
  });

  test("ends a message that breaks off with an error event, as fetch() does", async () => {
    upstream.answer = (_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end("event: ping\ndata: {}\n\nevent: message_st");
    };
    const { body } = await upstream.fetch().exchange(request());

    expect(await readAll(body)).toMatch(/^event: ping\ndata: \{\}\n\nevent: error\ndata: .*"STREAM_TRUNCATED"/);
  });

  test("tells hooks of it, as fetch() does", async () => {
    const told: unknown[] = [];
    upstream.answer = json(200, { type: "message" }, { "request-id": "req_1" });
    const { exchange } = upstream.fetch({
      onRequest: ({ path, model }) => told.push([path, model]),
      onResponse: ({ requestId }) => told.push(requestId),
      onEnd: ({ status }) => told.push(status),
    });
    await readAll((await exchange(request())).body);

    expect(told).toEqual([["/v1/messages", "claude-opus-5-5"], "req_1", 200]);
  });

  test("is refused as fetch() is where its signal is aborted already", async () => {
    const reason = new Error("enough");
    const { exchange } = upstream.fetch();

    await expect(exchange(request({ signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
    await expect(
      upstream.fetch()("http://a/v1/messages", post(BODY, { signal: AbortSignal.abort(reason) })),
    ).rejects.toBe(reason);
  });
});
