import { encodeChunk } from "./encode-chunk.ts";
import { encodeException } from "./encode-claude-event.ts";
import type { TranslateOptions } from "./translate-options.ts";
import { contentTypeOf, translateResponse } from "./translate-response.ts";

/**
 * Turns an answer of the Messages API into what Bedrock's InvokeModelWithResponseStream would have sent. The JSON of
 * each event is handed on as it came, in a `chunk` message; so are pings, of which Bedrock itself sends none.
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
 * const answer = new Response(
 *   'event: error\ndata: {"type":"error","error":{"type":"rate_limit_error","message":"slow down"}}\n\n',
 *   { headers: { "content-type": "text/event-stream" } },
 * );
 * const events = decodeClaudeEvents(sseToEventStream(answer));
 *
 * await rejects(events.getReader().read(), { code: "STREAM_EXCEPTION", awsName: "ThrottlingException", status: 429 });
 * ```
 *
 * @param response The answer. One with another content type is given back as it is, such as an error in JSON.
 * @param options Limits, pings towards the client, how long the source may be silent.
 * @returns An answer with the same status, content type `application/vnd.amazon.eventstream`, and the request id as
 * `x-amzn-requestid`. Its body is read only as fast as it is taken; cancelling it cancels the answer.
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModelWithResponseStream.html | InvokeModelWithResponseStream}
 */
export function sseToEventStream(response: Response, options: TranslateOptions = {}): Response {
  return translateResponse(
    response,
    {
      from: "sse",
      headers: (headers) => ({
        "content-type": contentTypeOf("event-stream"),
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
