import { CONTENT_TYPES } from "./content-type.ts";
import { encodeChunk } from "./encode-chunk.ts";
import { encodeException } from "./encode-claude-event.ts";
import { translateEvents } from "./translate-events.ts";
import type { TranslateOptions } from "./translate-options.ts";

/**
 * Turns a response of the Messages API into what Bedrock's InvokeModelWithResponseStream would have sent. The JSON of
 * each event is passed on as it came, in a `chunk` message; so are pings, although Bedrock itself sends none.
 *
 * An `error` event becomes the exception that says the same (`rate_limit_error` as `throttlingException`); a stream
 * that breaks off otherwise ends with an `internalServerException` or `modelTimeoutException`. Only an abort of the
 * source fails the body.
 *
 * @example Usage
 * ```ts
 * import { decodeClaudeEvents, sseToEventStream } from "@claude-on-aws/streaming/claude";
 * import { rejects } from "node:assert/strict";
 *
 * const response = new Response(
 *   'event: error\ndata: {"type":"error","error":{"type":"rate_limit_error","message":"slow down"}}\n\n',
 *   { headers: { "content-type": "text/event-stream" } },
 * );
 * const events = decodeClaudeEvents(sseToEventStream(response));
 *
 * await rejects(events.getReader().read(), { code: "STREAM_EXCEPTION", awsName: "ThrottlingException", status: 429 });
 * ```
 *
 * @param response The response. One with another content type, such as an error in JSON, is returned as it is.
 * @param options Limits, pings towards the client, how long the source may be silent.
 * @returns A response with the same status, content type `application/vnd.amazon.eventstream`, and the request id as
 * `x-amzn-requestid`. Its body is read only as fast as the client reads it; cancelling it cancels `response`.
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModelWithResponseStream.html | InvokeModelWithResponseStream}
 */
export function sseToEventStream(response: Response, options: TranslateOptions = {}): Response {
  return translateEvents(
    response,
    {
      from: "sse",
      headers: (headers) => ({
        "content-type": CONTENT_TYPES["event-stream"],
        "cache-control": null,
        "x-amzn-bedrock-content-type": "application/json",
        ...(headers.has("request-id") &&
          !headers.has("x-amzn-requestid") && { "x-amzn-requestid": headers.get("request-id") }),
      }),
      encode: (_, json) => encodeChunk(json),
      encodeError: encodeException,
    },
    options,
  );
}
