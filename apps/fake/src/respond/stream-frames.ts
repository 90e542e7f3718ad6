import {
  BEDROCK_PADDING,
  type ClaudeEvent,
  type ClaudeMessage,
  ConverseEncoder,
  encodeBedrockChunks,
  encodeClaudeEvent,
  formatClaudeEvent,
} from "@claude-on-aws/streaming/claude";
import { encodeMessage } from "@claude-on-aws/streaming/event-stream";
import type { StreamException } from "../exchange/reply.ts";
import { paddingLength } from "./chunk-padding.ts";
import type { CutText } from "./cut-text.ts";
import { rememberTexts } from "./encoded-content.ts";
import { contentEvents, endEvents, messageEvents, startEvent } from "./message-events.ts";
import { stringifyEvent } from "./stringify-event.ts";

/** How the events of a message are written, one frame each. */
export type Framing = "sse" | "invoke-model" | "converse";

/** A frame: a text, or the bytes of a message of an event stream. */
export type Frame = string | Uint8Array;

/**
 * Writes a message as the frames of its stream.
 *
 * @param message The message.
 * @param framing How its events are written.
 * @param latencyMs How long the answer took, in milliseconds.
 * @returns The frames, in order.
 */
export function streamFrames(message: ClaudeMessage, framing: Framing, latencyMs: number): Frame[] {
  return framesOf(streamEvents(message, framing, latencyMs), framing).flat();
}

/**
 * Writes events as frames.
 *
 * @returns The frames of each event: one, but with Converse none or several.
 */
export function framesOf(events: readonly ClaudeEvent[], framing: Framing): (readonly Frame[])[] {
  if (framing === "sse") return events.map((event) => [sse(event)]);
  if (framing === "converse") return converseFrames(events);
  return events.map((event, index) => [
    encodeClaudeEvent(event, { padding: BEDROCK_PADDING.slice(0, paddingLength(index)) }),
  ]);
}

const ENCODER = new TextEncoder();

/**
 * Writes a message as its whole stream at once: the frames of {@link streamFrames}, end to end.
 *
 * @param message The message.
 * @param framing How its events are written.
 * @param latencyMs How long the answer took, in milliseconds.
 * @returns The bytes of the stream, in parts: most of them were written before, and to copy them costs more than all else. Nobody
 * may change them.
 */
export function wholeStream(message: ClaudeMessage, framing: Framing, latencyMs: number): readonly Uint8Array[] {
  if (framing === "converse") return [Buffer.concat(converseFrames(streamEvents(message, framing, latencyMs)).flat())];
  const { encode, encodeContent } = framing === "sse" ? SSE : INVOKE_MODEL;
  const content = encodeContent(message.content);
  const end = endEvents(message);
  if (framing === "invoke-model") addMetrics(end, message, latencyMs);
  return [encode([startEvent(message)], 0), content.bytes, encode(end, 1 + content.events)];
}

/** Writes events as they stand in a stream, where the first one has a place in it. */
type EncodeEvents = (events: readonly ClaudeEvent[], firstIndex: number) => Uint8Array;

interface WholeFraming {
  readonly encode: EncodeEvents;
  readonly encodeContent: ReturnType<typeof rememberTexts>;
}

function wholeFraming(encode: EncodeEvents, toEvents: typeof contentEvents): WholeFraming {
  return {
    encode,
    encodeContent: rememberTexts((content) => {
      const events = toEvents(content);
      return { bytes: encode(events, 1), events: events.length };
    }),
  };
}

const INVOKE_MODEL: WholeFraming = wholeFraming(
  (events, firstIndex) =>
    encodeBedrockChunks(events.map(stringifyEvent), { paddingLength: (index) => paddingLength(firstIndex + index) }),
  contentEvents,
);

const SSE: WholeFraming = wholeFraming(
  (events) => {
    let text = "";
    for (const event of events) text += sse(event);
    return ENCODER.encode(text);
  },
  (content) => withPing(contentEvents(content), PING_AT - 1),
);

/** JSON holds no line break, so that an event is one line of data. */
const sse = (event: ClaudeEvent): string => `event: ${event.type}\ndata: ${stringifyEvent(event)}\n\n`;

const PING: ClaudeEvent = { type: "ping" };

/** The Messages API sends a ping after the first block's start. */
const PING_AT = 2;

/**
 * Makes the events in which a message is streamed, with those that a framing adds.
 *
 * @param latencyMs How long the answer took, in milliseconds.
 * @param cutters How its texts are cut.
 * @returns Its events, in order.
 */
export function streamEvents(
  message: ClaudeMessage,
  framing: Framing,
  latencyMs: number,
  ...cutters: readonly CutText[]
): ClaudeEvent[] {
  const events = messageEvents(message, ...cutters);
  if (framing === "sse") return withPing(events, PING_AT);
  addMetrics(events, message, latencyMs);
  return events;
}

function withPing(events: ClaudeEvent[], at: number): ClaudeEvent[] {
  events.splice(at, 0, PING);
  return events;
}

/** Bedrock says at the end what the message took. */
function addMetrics(events: ClaudeEvent[], { usage }: ClaudeMessage, latencyMs: number): void {
  events[events.length - 1] = {
    type: "message_stop",
    "amazon-bedrock-invocationMetrics": {
      inputTokenCount: usage.input_tokens,
      outputTokenCount: usage.output_tokens,
      invocationLatency: latencyMs,
      firstByteLatency: latencyMs,
    },
  };
}

function converseFrames(events: readonly ClaudeEvent[]): (readonly Uint8Array[])[] {
  const encoder = new ConverseEncoder();
  return events.map((event) => encoder.encode(event));
}

/**
 * Writes an exception as a frame.
 *
 * @param exception The exception.
 * @param framing How the stream is written in which it stands.
 * @returns The frame.
 */
export function exceptionFrame({ name, errorType, message }: StreamException, framing: Framing): Frame {
  if (framing === "sse") return formatClaudeEvent({ type: "error", error: { type: errorType, message } });
  const original = name === "modelStreamErrorException" ? { originalMessage: message, originalStatusCode: 500 } : {};
  return encodeMessage({
    headers: {
      ":exception-type": { type: "string", value: name },
      ":content-type": { type: "string", value: "application/json" },
      ":message-type": { type: "string", value: "exception" },
    },
    payload: ENCODER.encode(JSON.stringify({ message, ...original })),
  });
}
