import { formatSseEvent } from "../sse/format-sse-event.ts";
import { formatClaudeEvent } from "./format-claude-event.ts";
import { toSseHeaders } from "./sse-headers.ts";
import { translateEvents } from "./translate-events.ts";
import type { TranslateOptions } from "./translate-options.ts";

/**
 * Turns a response of Bedrock's InvokeModelWithResponseStream or ConverseStream into what the Messages API would have
 * sent. The JSON of each `chunk` is passed on as it came.
 *
 * A stream that breaks off ends with an `error` event, never silently: an exception of Bedrock with the error
 * type that says the same (`throttlingException` as `rate_limit_error`), everything else as `api_error` or
 * `timeout_error` with the message of the {@link StreamError}. Only an abort of the source fails the body.
 *
 * @example Usage
 * ```ts
 * import { encodeClaudeEvent, eventStreamToSse } from "@claude-on-aws/streaming/claude";
 * import { ok } from "node:assert/strict";
 *
 * const response = new Response(encodeClaudeEvent({ type: "ping" }), {
 *   headers: { "content-type": "application/vnd.amazon.eventstream" },
 * });
 * const text = await eventStreamToSse(response, { pingIntervalMs: 15_000 }).text();
 *
 * ok(text.startsWith('event: ping\ndata: {"type":"ping"}\n\n'));
 * ok(text.includes("event: error"));
 * ```
 *
 * @param response The response. One with another content type, such as an error in JSON, is returned as it is.
 * @param options Limits, pings towards the client, how long Bedrock may be silent.
 * @returns A response with the same status, content type `text/event-stream`, and AWS's request id as `request-id`.
 * Its body is read only as fast as the client reads it; cancelling it cancels `response`.
 *
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/streaming | Streaming messages}
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModelWithResponseStream.html | InvokeModelWithResponseStream}
 */
export function eventStreamToSse(response: Response, options: TranslateOptions = {}): Response {
  const utf8 = new TextEncoder();
  return translateEvents(
    response,
    {
      from: "event-stream",
      headers: toSseHeaders,
      encode: ({ type }, data) => utf8.encode(formatSseEvent({ event: type, data })),
      encodeError: (event) => utf8.encode(formatClaudeEvent(event)),
    },
    options,
  );
}
