import { encodeMessage } from "@claude-on-aws/streaming/event-stream";
import type { Message } from "../behave/message.ts";
import { messageEvents } from "./message-events.ts";
import { pieces } from "./pieces.ts";

const text = new TextEncoder();

/** One event of a stream of Amazon Bedrock. */
export function encodeEvent(eventType: string, payload: object): Uint8Array {
  return encodeMessage({
    headers: {
      ":event-type": { type: "string", value: eventType },
      ":content-type": { type: "string", value: "application/json" },
      ":message-type": { type: "string", value: "event" },
    },
    payload: text.encode(JSON.stringify(payload)),
  });
}

/** Bedrock pads a chunk so that its length does not betray the token: any letters, up to this many. */
const PADDING = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** A message as the chunks of InvokeModelWithResponseStream: each event of the Messages API, in base64. */
export function encodeInvokeModelStream(message: Message, latencyMs: number): Uint8Array[] {
  const events = messageEvents(message).map((event) =>
    event.type === "message_stop"
      ? { ...event, "amazon-bedrock-invocationMetrics": metrics(message, latencyMs) }
      : event,
  );
  return events.map((event, index) =>
    encodeEvent("chunk", {
      bytes: Buffer.from(JSON.stringify(event)).toString("base64"),
      p: PADDING.slice(0, 2 + ((index * 17) % (PADDING.length - 2))),
    }),
  );
}

const metrics = ({ usage }: Message, latencyMs: number): object => ({
  inputTokenCount: usage.input_tokens,
  outputTokenCount: usage.output_tokens,
  invocationLatency: latencyMs,
  firstByteLatency: latencyMs,
});

/**
 * A message as the events of ConverseStream.
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html | ConverseStream}
 */
export function encodeConverseStream(message: Message, latencyMs: number): Uint8Array[] {
  return [
    encodeEvent("messageStart", { role: message.role }),
    ...message.content.flatMap((block, contentBlockIndex) => [
      ...pieces(block.text).map((piece) =>
        encodeEvent("contentBlockDelta", { contentBlockIndex, delta: { text: piece } }),
      ),
      encodeEvent("contentBlockStop", { contentBlockIndex }),
    ]),
    encodeEvent("messageStop", { stopReason: message.stop_reason }),
    encodeEvent("metadata", { usage: converseUsage(message), metrics: { latencyMs } }),
  ];
}

/** The usage of a message as Converse counts it. */
export const converseUsage = ({ usage }: Message): object => ({
  inputTokens: usage.input_tokens,
  outputTokens: usage.output_tokens,
  totalTokens: usage.input_tokens + usage.output_tokens,
});
