import { StreamError } from "../stream-error.ts";
import { withPartialMessage } from "../streams/read-source.ts";
import type { ClaudeEvent } from "./claude-event.ts";
import type { ClaudeMessage } from "./claude-message.ts";
import { MAX_MESSAGE_LENGTH, MessageAccumulator } from "./message-accumulator.ts";
import { errorFromEvent } from "./service-error.ts";
import { truncatedError } from "./truncated-error.ts";

/** Options for {@link messageFromEvents}. */
export interface MessageFromEventsOptions {
  /**
   * Longest message, in UTF-16 code units of what its blocks and deltas bring.
   *
   * @default {8_388_608} some two million tokens
   */
  readonly maxMessageLength?: number | undefined;
}

/**
 * Adds up events to the message that the Messages API would have returned without streaming: text, thinking with its
 * signature, tool use with its input parsed, citations, the blocks of server tools, how it ended, and usage.
 *
 * The input of a tool that `max_tokens` cut off holds the members that are complete, and its block is marked: `incomplete` is
 * true. For any other `stop_reason`, input that does not close is an error: a tool must not be called with half of it.
 *
 * @example Usage
 * ```ts
 * import { decodeClaudeEvents, messageFromEvents } from "@claude-on-aws/streaming/claude";
 * import { equal } from "node:assert/strict";
 *
 * const events = [
 *   { type: "message_start", message: { id: "msg_1", type: "message", role: "assistant", model: "claude", content: [], stop_reason: null, stop_sequence: null, usage: { input_tokens: 1, output_tokens: 1 } } },
 *   { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
 *   { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "Hello" } },
 *   { type: "content_block_stop", index: 0 },
 *   { type: "message_delta", delta: { stop_reason: "end_turn", stop_sequence: null }, usage: { output_tokens: 2 } },
 *   { type: "message_stop" },
 * ];
 * const body = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join("");
 * const response = new Response(body, { headers: { "content-type": "text/event-stream" } });
 * const message = await messageFromEvents(decodeClaudeEvents(response));
 *
 * equal(message.stop_reason, "end_turn");
 * equal(message.usage.output_tokens, 2);
 * ```
 *
 * @param events The events of one message, such as {@link decodeClaudeEvents} gives.
 * @param options Limits.
 * @returns The message.
 * @throws {StreamError} `STREAM_TRUNCATED` where they end before `message_stop`, `STREAM_EXCEPTION` for an `error`
 * event, `EVENT_ORDER` (a second message too), `EVENT_MALFORMED`, `MESSAGE_TOO_LARGE`; and whatever the source throws. What had arrived is in
 * `partialMessage`.
 *
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/streaming | Streaming messages}
 */
export async function messageFromEvents(
  events: AsyncIterable<ClaudeEvent> | Iterable<ClaudeEvent>,
  { maxMessageLength = MAX_MESSAGE_LENGTH }: MessageFromEventsOptions = {},
): Promise<ClaudeMessage> {
  const accumulator = new MessageAccumulator(maxMessageLength);
  try {
    for await (const event of events) {
      if (event.type === "error") throw errorFromEvent(event);
      if (event.type === "message_start" && accumulator.isStopped) throw secondMessage();
      accumulator.add(event);
      if (accumulator.isTooLarge) {
        throw new StreamError(
          "MESSAGE_TOO_LARGE",
          `Cannot add up the message: it holds more than ${maxMessageLength} UTF-16 code units; set maxMessageLength to allow more`,
        );
      }
    }
    if (!accumulator.isStopped) throw truncatedError();
    return accumulator.message(true)!;
  } catch (error) {
    throw withPartialMessage(error, accumulator.message());
  }
}

const secondMessage = (): StreamError =>
  new StreamError(
    "EVENT_ORDER",
    "Cannot add message_start to the message: found a second message, expected the events of one; part them at message_stop",
  );
