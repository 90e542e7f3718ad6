import { headerValue } from "@claude-on-aws/auth/sigv4";
import type { MessageReply, Reply } from "../exchange/reply.ts";
import type { Exchange } from "../exchange/exchange.ts";
import type { WireReply } from "../terms/wire.ts";
import { PROVIDERS } from "../terms/provider.ts";
import { converseMessage } from "./converse-message.ts";
import { rowHeaders } from "./hint-headers.ts";
import type { RateLimits } from "../stores/rate-limits.ts";
import { streamBody } from "./stream-body.ts";
import { type Framing, streamFrames, wholeStream } from "./stream-frames.ts";
import { timedFrames } from "./timed-frames.ts";

/** Identifiers that every answer carries. */
export interface RequestIds {
  /** Anthropic's: `req_…`. */
  readonly anthropic: string;
  /** AWS's: a UUID. */
  readonly aws: string;
}

type Headers = WireReply["headers"];

const ENCODER = new TextEncoder();
const JSON_HEADERS: Headers = [["content-type", "application/json"]];
const EVENT_STREAM_HEADERS: Headers = [["content-type", "application/vnd.amazon.eventstream"]];
const INVOKE_MODEL_STREAM_HEADERS: Headers = [
  ...EVENT_STREAM_HEADERS,
  ["x-amzn-bedrock-content-type", "application/json"],
];
const SSE_HEADERS: Headers = [
  ["content-type", "text/event-stream; charset=utf-8"],
  ["cache-control", "no-cache"],
];

/**
 * Makes the headers by which an answer can be traced.
 *
 * @param exchange The exchange.
 * @param ids Identifiers of the answer.
 * @returns The headers that its provider sends.
 */
export function idHeaders({ route }: Exchange, ids: RequestIds): Headers {
  const aws = ["x-amzn-requestid", ids.aws] as const;
  return PROVIDERS[route.provider].errorShape === "aws-json" ? [aws] : [["request-id", ids.anthropic], aws];
}

/**
 * Writes a reply in the form of its operation.
 *
 * @param reply What to say.
 * @param exchange The exchange that is answered.
 * @param ids Identifiers of the answer.
 * @param latencyMs How long the answer took, in milliseconds.
 * @param limits Rate limits of Claude Platform on AWS, against which the answer counts.
 * @returns The answer.
 */
export function respond(
  reply: Reply,
  exchange: Exchange,
  ids: RequestIds,
  latencyMs: number,
  limits: RateLimits,
): WireReply {
  const { headers, body } = writeBody(reply, latencyMs);
  return {
    status: ("status" in reply ? reply.status : undefined) ?? 200,
    headers: [
      ...headers,
      ...idHeaders(exchange, ids),
      ...platformHeaders(reply, exchange, limits),
      ...rowHeaders(exchange),
    ],
    body: Array.isArray(body) && !mayBeInParts(exchange) ? Buffer.concat(body) : body,
  };
}

/** A fault cuts a body up as one. */
const mayBeInParts = ({ request, fault }: Exchange): boolean => request.takesParts === true && fault === undefined;

/** The body is an array where all parts of a stream are there. */
type Written = Pick<WireReply, "headers" | "body">;

function writeBody(reply: Reply, latencyMs: number): Written {
  if (reply.kind === "json") return jsonBody(reply.value);
  if (reply.kind === "bytes") return { headers: [["content-type", reply.contentType]], body: reply.body };
  return messageBody(reply, latencyMs);
}

const jsonBody = (value: object, headers: Headers = JSON_HEADERS): Written => ({
  headers,
  body: ENCODER.encode(JSON.stringify(value)),
});

function messageBody({ kind, message, plan }: MessageReply, latencyMs: number): Written {
  const stream = (framing: Framing, headers: Headers): Written => {
    if (plan === undefined) return { headers, body: wholeStream(message, framing, latencyMs) };
    if (plan.timing === undefined) {
      return { headers, body: streamBody(streamFrames(message, framing, latencyMs), framing, plan) };
    }
    const { frames, dueMs } = timedFrames(message, framing, latencyMs, plan.timing);
    return { headers, body: streamBody(frames, framing, plan, dueMs) };
  };
  switch (kind) {
    case "message":
      return jsonBody(message);
    case "message-stream":
      return stream("sse", SSE_HEADERS);
    case "invoke-model":
      return jsonBody(message, [...JSON_HEADERS, ...countHeaders(message.usage, latencyMs)]);
    case "invoke-model-stream":
      return stream("invoke-model", INVOKE_MODEL_STREAM_HEADERS);
    case "converse":
      return jsonBody(converseMessage(message, latencyMs));
    case "converse-stream":
      return stream("converse", EVENT_STREAM_HEADERS);
  }
}

const countHeaders = (usage: MessageReply["message"]["usage"], latencyMs: number): Headers => [
  ["x-amzn-bedrock-invocation-latency", String(latencyMs)],
  ["x-amzn-bedrock-input-token-count", String(usage.input_tokens)],
  ["x-amzn-bedrock-output-token-count", String(usage.output_tokens)],
];

/** The organization to which the workspaces of the fake belong. */
const ORGANIZATION_HEADER = ["anthropic-organization-id", "00000000-0000-4000-8000-000000000000"] as const;

/** What only Claude Platform on AWS says: whose request it was, and how much may still be used in this minute. */
function platformHeaders(reply: Reply, { route, request, receivedAt }: Exchange, limits: RateLimits): Headers {
  if (route.provider !== "anthropic-aws") return [];
  const workspace = headerValue(request.headers, "anthropic-workspace-id");
  const whose: Headers =
    workspace === undefined ? [ORGANIZATION_HEADER] : [ORGANIZATION_HEADER, ["anthropic-workspace-id", workspace]];
  if (!("message" in reply)) return whose;
  const { input_tokens, output_tokens } = reply.message.usage;
  return [...whose, ...limits.spend({ inputTokens: input_tokens ?? 0, outputTokens: output_tokens ?? 0 }, receivedAt)];
}
