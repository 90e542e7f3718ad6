import type { EventStreamLimits } from "../event-stream/event-stream-limits.ts";
import type { StreamError } from "../stream-error.ts";
import type { SilenceOptions } from "../streams/stream-timers.ts";
import type { ClaudeErrorEvent } from "./claude-event.ts";
import { ChunkRelay } from "./chunk-relay.ts";
import { formatClaudeEvent } from "./format-claude-event.ts";
import { eventFromError } from "./service-error.ts";
import { toSseHeaders } from "./sse-headers.ts";
import { translateResponse } from "./translate-response.ts";
import { truncatedError } from "./truncated-error.ts";

/** Options for {@link invokeStreamToSse}. */
export interface InvokeStreamToSseOptions extends EventStreamLimits, SilenceOptions {
  /**
   * How long Bedrock may be silent before the client is sent a `ping`, and then another one, in milliseconds. Bedrock sends none,
   * and clients and the proxies before them give up after 300 to 350 seconds. Left out, no pings.
   */
  readonly pingIntervalMs?: number | undefined;
  /**
   * Writes the `error` event for what the source failed with, unless that is an abort; where it gives none, the body fails with it.
   *
   * @default {one with the code `STREAM_TRUNCATED`}
   */
  readonly describeFailure?: ((cause: unknown) => ClaudeErrorEvent | undefined) | undefined;
  /** Called with an error that the client is sent as an `error` event. */
  readonly onError?: ((error: StreamError) => void) | undefined;
}

/**
 * Turns a response of Bedrock's InvokeModelWithResponseStream into what the Messages API would have sent, as `eventStreamToSse`
 * does, at a fraction of its cost: both checksums of each message are verified, the JSON of a `chunk` is passed on as it came,
 * and parsed only where it is not written as Bedrock writes it. That events come in their order is for the client to check.
 *
 * A stream that breaks off ends with an `error` event that has a `code`, never silently. Only an abort of the source fails the
 * body.
 *
 * @example Usage
 * ```ts
 * import { encodeClaudeEvent, invokeStreamToSse } from "@claude-on-aws/streaming/claude";
 * import { ok } from "node:assert/strict";
 *
 * const response = new Response(encodeClaudeEvent({ type: "ping" }), {
 *   headers: { "content-type": "application/vnd.amazon.eventstream" },
 * });
 * const text = await invokeStreamToSse(response, { pingIntervalMs: 15_000 }).text();
 *
 * ok(text.startsWith('event: ping\ndata: {"type":"ping"}\n\n'));
 * ok(text.includes('"code":"STREAM_TRUNCATED"'));
 * ```
 *
 * @param response The response. One with another content type, such as an error in JSON, is returned as it is.
 * @param options Limits, pings towards the client, how long Bedrock may be silent.
 * @returns A response with the same status, content type `text/event-stream`, and AWS's request id as `request-id`.
 * Its body is read only as fast as the client reads it; cancelling it cancels `response`.
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModelWithResponseStream.html | InvokeModelWithResponseStream}
 */
export function invokeStreamToSse(response: Response, options: InvokeStreamToSseOptions = {}): Response {
  const utf8 = new TextEncoder();
  const { describeFailure } = options;
  const interrupt = (cause: unknown): unknown => {
    if (describeFailure === undefined) return truncatedError(cause);
    const errorEvent = describeFailure(cause);
    return errorEvent === undefined ? cause : truncatedError(cause, errorEvent);
  };
  return translateResponse(
    response,
    {
      from: "event-stream",
      headers: toSseHeaders,
      makeReader: (enqueue) => {
        const relay = new ChunkRelay(enqueue, options);
        return {
          feed: (bytes) => relay.feed(bytes),
          end: () => relay.end(),
          interrupt,
          fail(error) {
            options.onError?.(error);
            return utf8.encode(formatClaudeEvent(eventFromError(error)));
          },
          ping: () => utf8.encode(formatClaudeEvent({ type: "ping" })),
        };
      },
    },
    options,
  );
}
