import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { beforeEach, expect, test } from "vitest";
import type { EndEvent } from "../src/index.ts";
import { createTracingHooks } from "../src/opentelemetry/index.ts";
import { createAnswerReader } from "../src/usage/index.ts";
import { BODY, json, MESSAGES, post, startUpstream } from "./support/upstream.ts";

const upstream = startUpstream();
const exporter = new InMemorySpanExporter();
const tracer = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).getTracer("test");
beforeEach(() => exporter.reset());

test("createTracingHooks() makes one span of a call, its retry and its answer", async () => {
  let asked = 0;
  upstream.answer = (request, response) =>
    (asked++ === 0 ? json(529, {}, { "retry-after-ms": "1" }) : json(200, {}, { "request-id": "req_1" }))(
      request,
      response,
    );
  const fetch = upstream.fetch({ retries: 1, ...createTracingHooks(tracer) });
  const response = await fetch(MESSAGES, post(BODY.replace("claude-opus-5-5", "opus")));
  expect(exporter.getFinishedSpans()).toEqual([]);
  await response.text();
  const [span] = exporter.getFinishedSpans();

  expect(span?.name).toBe("chat claude-opus-5-5");
  expect(span?.kind).toBe(2);
  expect(span?.attributes).toEqual({
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "anthropic",
    "gen_ai.request.model": "claude-opus-5-5",
    "gen_ai.request.max_tokens": 16,
    "http.request.method": "POST",
    "http.request.resend_count": 1,
    "http.response.status_code": 200,
    "server.address": "127.0.0.1",
    "server.port": Number(new URL(upstream.url).port),
    "aws.request_id": "req_1",
  });
  expect(span?.events.map(({ name, attributes }) => [name, attributes])).toEqual([
    ["retry", { reason: "status", delay_ms: 1 }],
  ]);
  expect(span?.status.code).toBe(0);
});

test("createTracingHooks() says of a span why it failed", async () => {
  upstream.answer = json(400, {});
  await (await upstream.fetch(createTracingHooks(tracer))(MESSAGES, post(BODY))).text();
  upstream.answer = (_, response) => void response.writeHead(200, { "content-type": "text/event-stream" }).end();
  await (await upstream.fetch(createTracingHooks(tracer))(MESSAGES, post(BODY))).text();
  upstream.answer = (_, response) => response.destroy();
  await upstream
    .fetch(createTracingHooks(tracer))(MESSAGES, post(BODY))
    .catch(() => undefined);

  const failed = exporter.getFinishedSpans().map(({ attributes, status }) => [attributes["error.type"], status.code]);
  expect(failed).toEqual([
    ["400", 2],
    ["STREAM_TRUNCATED", 2],
    ["CONNECTION_FAILED", 2],
  ]);
});

const USAGE = {
  input_tokens: 10,
  output_tokens: 1,
  cache_read_input_tokens: 20,
  cache_creation_input_tokens: 30,
  cache_creation: { ephemeral_5m_input_tokens: 12, ephemeral_1h_input_tokens: 18 },
};
const USED = {
  "gen_ai.usage.input_tokens": 60,
  "gen_ai.usage.cache_read.input_tokens": 20,
  "gen_ai.usage.cache_creation.input_tokens": 30,
};
const EVENT_STREAM = { "content-type": "text/event-stream" };
const START = `event: message_start\ndata: ${JSON.stringify({ type: "message_start", message: { usage: USAGE } })}\n\n`;
const DELTA = 'event: message_delta\ndata: {"type":"message_delta","usage":{"output_tokens":25}}\n\n';
const STOP = 'event: message_stop\ndata: {"type":"message_stop"}\n\n';
const ERROR = 'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"m"}}\n\n';

/** What a span says of tokens after an answer. */
async function usageOf(answer: typeof upstream.answer): Promise<Record<string, unknown>> {
  exporter.reset();
  upstream.answer = answer;
  await (await upstream.fetch(createTracingHooks(tracer))(MESSAGES, post(BODY))).text();
  const attributes = exporter.getFinishedSpans()[0]?.attributes ?? {};
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => name.startsWith("gen_ai.usage.")));
}

const streaming =
  (...events: readonly string[]): typeof upstream.answer =>
  (_, response) => {
    response.writeHead(200, EVENT_STREAM);
    for (const event of events) response.write(event);
    response.end();
  };

test("createTracingHooks() says how many tokens were used, those of the cache within the input", async () => {
  expect(await usageOf(json(200, { type: "message", usage: USAGE }))).toEqual({
    ...USED,
    "gen_ai.usage.output_tokens": 1,
  });
  expect(await usageOf(streaming(START, DELTA, STOP))).toEqual({ ...USED, "gen_ai.usage.output_tokens": 25 });
});

test("createTracingHooks() does not make up how many tokens came out of what is not whole", async () => {
  expect(await usageOf(streaming(START))).toEqual(USED);
  expect(await usageOf(streaming(START, ERROR))).toEqual(USED);
  expect(exporter.getFinishedSpans()[0]?.attributes["error.type"]).toBe("overloaded_error");
  expect(await usageOf(json(200, { type: "message" }))).toEqual({});
  expect(await usageOf(json(429, { type: "error", error: { type: "rate_limit_error", message: "m" } }))).toEqual({});
});

test("the body of an answer is read where somebody asks for it, and not otherwise", async () => {
  const events: EndEvent[] = [];
  const onEnd = (event: EndEvent): void => void events.push(event);
  upstream.answer = streaming(START, DELTA, STOP);
  await (await upstream.fetch({ onEnd })(MESSAGES, post(BODY))).text();
  await (await upstream.fetch({ onEnd, createReader: createAnswerReader })(MESSAGES, post(BODY))).text();
  await (await upstream.fetch({ onEnd, createReader: () => null })(MESSAGES, post(BODY))).text();

  expect(events.map(({ read }) => read)).toEqual([
    null,
    { usage: expect.objectContaining({ inputTokens: 10, outputTokens: 25 }), isWhole: true, errorType: null },
    null,
  ]);
});

test("what a reader throws comes out of the call, which ends", async () => {
  const error = new Error("It cannot read");
  const fail = (): never => {
    throw error;
  };
  const reader = { feed: fail, usage: null, isWhole: false, errorType: null };
  upstream.answer = (_, response) => void response.writeHead(200, EVENT_STREAM).write(START);
  const events: EndEvent[] = [];
  const onEnd = (event: EndEvent): void => void events.push(event);
  for (const createReader of [fail, () => reader]) {
    const closed = upstream.closed();
    const call = upstream
      .fetch({ onEnd, createReader })(MESSAGES, post(BODY))
      .then((response) => response.text());
    await expect(call).rejects.toBe(error);
    await closed;
  }

  expect(events.map((event) => event.error)).toEqual([error, error]);
});
