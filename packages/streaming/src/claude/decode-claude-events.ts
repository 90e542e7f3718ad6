import { StreamError } from "../stream-error.ts";
import { readSource, type SourceReader } from "../streams/read-source.ts";
import type { SilenceOptions } from "../streams/stream-timers.ts";
import { ClaudeEventDecoder, type ClaudeEventDecoderOptions, type ClaudeFraming } from "./claude-event-decoder.ts";
import type { ClaudeEvent } from "./claude-event.ts";
import { CONTENT_TYPES, framingOf } from "./content-type.ts";
import { truncatedError } from "./truncated-error.ts";

/** Options for {@link decodeClaudeEvents}. */
export interface DecodeClaudeEventsOptions extends Omit<ClaudeEventDecoderOptions, "framing">, SilenceOptions {
  /**
   * How the bytes are framed.
   *
   * @default what the content type of the response names
   */
  readonly framing?: ClaudeFraming | undefined;
}

/**
 * Reads Claude's events from a response, whatever its framing: that of the Messages API, of Bedrock's
 * InvokeModelWithResponseStream, or of ConverseStream.
 *
 * The response is read only as fast as the events are. Cancelling the result, or leaving a `for await` over it, cancels
 * the response.
 *
 * @example Usage
 * ```ts
 * import { decodeClaudeEvents, encodeClaudeEvent } from "@claude-on-aws/streaming/claude";
 * import { equal } from "node:assert/strict";
 *
 * const response = new Response(encodeClaudeEvent({ type: "ping" }), {
 *   headers: { "content-type": "application/vnd.amazon.eventstream" },
 * });
 * try {
 *   for await (const event of decodeClaudeEvents(response)) equal(event.type, "ping");
 * } catch (error) {
 *   equal((error as { code: string }).code, "STREAM_TRUNCATED");
 * }
 * ```
 *
 * @param source The response, or its body.
 * @param options The framing, needed where `source` is a body or names no content type; limits.
 * @returns The events. The stream fails with a {@link StreamError}: the codes of {@link ClaudeEventDecoder}, and
 * `STREAM_IDLE`; what had arrived of the message is in `partialMessage`.
 * @throws {StreamError} `CONTENT_TYPE` where the response is not a stream of events.
 *
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/streaming | Streaming messages}
 */
export function decodeClaudeEvents(
  source: Response | ReadableStream<Uint8Array>,
  { framing, idleTimeoutMs, timers, ...options }: DecodeClaudeEventsOptions = {},
): ReadableStream<ClaudeEvent> {
  const resolved = framing ?? resolveFraming(source);
  const body = source instanceof ReadableStream ? source : (source.body ?? new Response("").body!);
  const requestId = source instanceof ReadableStream ? null : source.headers.get("x-amzn-requestid");
  return readSource<ClaudeEvent>(
    body,
    (enqueue) =>
      readerOf(
        new ClaudeEventDecoder((event) => enqueue(event), {
          ...(requestId !== null && { messageId: `msg_${requestId}` }),
          ...options,
          framing: resolved,
        }),
      ),
    { idleTimeoutMs, timers },
  );
}

/**
 * Makes a reader of a source from a decoder.
 *
 * @param decoder The decoder.
 * @param more What the reader does otherwise, where the events are translated rather than given.
 * @returns The reader.
 */
export function readerOf<T>(decoder: ClaudeEventDecoder, more: Partial<SourceReader<T>> = {}): SourceReader<T> {
  return {
    feed: (bytes) => decoder.feed(bytes),
    end: () => decoder.end(),
    interrupt: truncatedError,
    get partialMessage() {
      return decoder.partialMessage;
    },
    ...more,
  };
}

function resolveFraming(source: Response | ReadableStream<Uint8Array>): ClaudeFraming {
  const framing = source instanceof ReadableStream ? null : framingOf(source);
  if (framing) return framing;
  const found =
    source instanceof ReadableStream
      ? "a stream without content type"
      : `content type ${JSON.stringify(source.headers.get("content-type"))} with status ${source.status}`;
  throw new StreamError(
    "CONTENT_TYPE",
    `Cannot read events: found ${found}, expected ${CONTENT_TYPES["event-stream"]} or ${CONTENT_TYPES.sse}; set framing where you know it`,
    source instanceof ReadableStream ? {} : { status: source.status },
  );
}
