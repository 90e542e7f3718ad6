import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { beforeEach, expect, test } from "vitest";
import { createTracingHooks } from "../src/opentelemetry/index.ts";
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
