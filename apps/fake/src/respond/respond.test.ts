import type { ClaudeMessage } from "@claude-on-aws/streaming/claude";
import { describe, expect, test } from "vitest";
import type { MessageForm } from "../exchange/reply.ts";
import type { Exchange } from "../exchange/exchange.ts";
import type { Provider } from "../terms/provider.ts";
import { RateLimits } from "../stores/rate-limits.ts";
import { respond } from "./respond.ts";

const MESSAGE: ClaudeMessage = {
  id: "msg_1",
  type: "message",
  role: "assistant",
  model: "claude-sonnet-4-6",
  content: [{ type: "text", text: "Hello" }],
  stop_reason: "end_turn",
  stop_sequence: null,
  usage: { input_tokens: 7, output_tokens: 2 },
};

const headersOf = (kind: MessageForm | "json", provider: Provider): Record<string, string> => {
  const exchange: Exchange = {
    id: "1",
    receivedAt: new Date(0),
    request: {
      method: "POST",
      target: "/",
      headers: [["anthropic-workspace-id", "wrkspc_1"]],
      httpVersion: "1.1",
      body: new Uint8Array(),
      wire: "received",
    },
    route: { provider, parameters: {}, query: new URLSearchParams() },
    checked: [],
  };
  const reply = kind === "json" ? { kind, value: {} } : { kind, message: MESSAGE };
  const { headers, body } = respond(reply, exchange, { anthropic: "req_1", aws: "uuid" }, 12, new RateLimits());
  // Each piece costs a write.
  const pieces = body instanceof Uint8Array ? [body] : [...(body as Iterable<Uint8Array>)];
  expect(pieces).toHaveLength(1);
  return Object.fromEntries(headers);
};

const IDS = { "request-id": "req_1", "x-amzn-requestid": "uuid" };
const WHOSE = {
  "anthropic-organization-id": "00000000-0000-4000-8000-000000000000",
  "anthropic-workspace-id": "wrkspc_1",
};
const COUNTS = {
  "x-amzn-bedrock-invocation-latency": "12",
  "x-amzn-bedrock-input-token-count": "7",
  "x-amzn-bedrock-output-token-count": "2",
};
const JSON_TYPE = { "content-type": "application/json" };
const EVENT_STREAM_TYPE = { "content-type": "application/vnd.amazon.eventstream" };
const SSE_TYPE = { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" };

describe("respond() has the headers of the service", () => {
  test.each<[MessageForm | "json", Provider, Record<string, string>]>([
    ["message", "mantle", { ...JSON_TYPE, ...IDS }],
    ["message-stream", "mantle", { ...SSE_TYPE, ...IDS }],
    ["invoke-model", "bedrock", { ...JSON_TYPE, ...COUNTS, "x-amzn-requestid": "uuid" }],
    [
      "invoke-model-stream",
      "bedrock",
      { ...EVENT_STREAM_TYPE, "x-amzn-bedrock-content-type": "application/json", "x-amzn-requestid": "uuid" },
    ],
    ["converse", "bedrock", { ...JSON_TYPE, "x-amzn-requestid": "uuid" }],
    ["converse-stream", "bedrock", { ...EVENT_STREAM_TYPE, "x-amzn-requestid": "uuid" }],
    ["json", "anthropic-aws", { ...JSON_TYPE, ...IDS, ...WHOSE }],
  ])("of %s from %s", (kind, provider, expected) => {
    expect(headersOf(kind, provider)).toEqual(expected);
  });

  test.each<[MessageForm, object]>([
    ["message", JSON_TYPE],
    ["message-stream", SSE_TYPE],
  ])("of %s from anthropic-aws, with what is left of the minute", (kind, type) => {
    const headers = headersOf(kind, "anthropic-aws");

    expect(headers).toMatchObject({ ...type, ...IDS, ...WHOSE, "anthropic-ratelimit-requests-remaining": "3999" });
    expect(Object.keys(headers).filter((name) => name.startsWith("anthropic-ratelimit-"))).toHaveLength(12);
  });
});
