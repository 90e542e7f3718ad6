import type { Reply } from "../behave/behaviours.ts";
import type { Message } from "../behave/message.ts";
import type { Exchange, WireReply } from "../exchange.ts";
import { PROVIDERS } from "../provider.ts";
import { converseUsage, encodeConverseStream, encodeInvokeModelStream } from "./event-stream.ts";
import { encodeSse } from "./sse.ts";

/** Identifiers that every answer carries. */
export interface RequestIds {
  /** Anthropic's: `req_…`. */
  readonly anthropic: string;
  /** AWS's: a UUID. */
  readonly aws: string;
}

type Headers = WireReply["headers"];

const text = new TextEncoder();
const JSON_TYPE = ["content-type", "application/json"] as const;
const EVENT_STREAM_TYPE = ["content-type", "application/vnd.amazon.eventstream"] as const;
const SSE_HEADERS: Headers = [
  ["content-type", "text/event-stream; charset=utf-8"],
  ["cache-control", "no-cache"],
];

/** The headers by which an answer can be traced. */
export function idHeaders({ route }: Exchange, ids: RequestIds): Headers {
  const aws = ["x-amzn-requestid", ids.aws] as const;
  return PROVIDERS[route.provider].errorShape === "aws-json" ? [aws] : [["request-id", ids.anthropic], aws];
}

/** Writes a reply in the form of its operation. */
export function respond(reply: Reply, exchange: Exchange, ids: RequestIds, latencyMs: number): WireReply {
  const { headers, body } = write(reply, latencyMs);
  return { status: 200, headers: [...headers, ...idHeaders(exchange, ids)], body };
}

function write(reply: Reply, latencyMs: number): Pick<WireReply, "headers" | "body"> {
  switch (reply.kind) {
    case "json":
      return { headers: [JSON_TYPE], body: encodeJson(reply.value) };
    case "message":
      return { headers: [JSON_TYPE], body: encodeJson(reply.message) };
    case "message-stream":
      return { headers: SSE_HEADERS, body: encodeSse(reply.message) };
    case "invoke-model":
      return { headers: [JSON_TYPE, ...countHeaders(reply.message, latencyMs)], body: encodeJson(reply.message) };
    case "invoke-model-stream":
      return {
        headers: [EVENT_STREAM_TYPE, ["x-amzn-bedrock-content-type", "application/json"]],
        body: encodeInvokeModelStream(reply.message, latencyMs),
      };
    case "converse":
      return { headers: [JSON_TYPE], body: encodeJson(converseResult(reply.message, latencyMs)) };
    case "converse-stream":
      return { headers: [EVENT_STREAM_TYPE], body: encodeConverseStream(reply.message, latencyMs) };
  }
}

const encodeJson = (value: object): Uint8Array => text.encode(JSON.stringify(value));

const countHeaders = ({ usage }: Message, latencyMs: number): Headers => [
  ["x-amzn-bedrock-invocation-latency", String(latencyMs)],
  ["x-amzn-bedrock-input-token-count", String(usage.input_tokens)],
  ["x-amzn-bedrock-output-token-count", String(usage.output_tokens)],
];

/**
 * A message as Converse answers it.
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html | Converse}
 */
const converseResult = (message: Message, latencyMs: number): object => ({
  metrics: { latencyMs },
  output: { message: { content: message.content.map((block) => ({ text: block.text })), role: message.role } },
  stopReason: message.stop_reason,
  usage: converseUsage(message),
});
