import type { ClaudeErrorEvent } from "./claude/claude-event.ts";
import type { ClaudeMessage } from "./claude/claude-message.ts";

/**
 * What went wrong, closed so that a `switch` over it can be complete.
 *
 * | code | meaning |
 * |---|---|
 * | `FRAME_LENGTH` | the lengths in a prelude contradict the framing or the bytes given |
 * | `FRAME_TOO_LARGE` | a message declares, or would have, more bytes than `maxMessageBytes` |
 * | `HEADERS_TOO_LARGE` | a header block declares, or would have, more bytes than `maxHeadersBytes` |
 * | `PRELUDE_CRC` | the checksum over the lengths does not match |
 * | `MESSAGE_CRC` | the checksum over the message does not match |
 * | `HEADER_NAME` | a header name is empty, too long, not UTF-8, or occurs twice |
 * | `HEADER_TYPE` | a header has a value type that the framing does not know |
 * | `HEADER_VALUE` | a header value runs past its block, or is out of the range of its type |
 * | `FRAME_TRUNCATED` | the bytes ended inside a message |
 * | `SSE_FIELD` | a field cannot be written in a server-sent event |
 * | `SSE_TOO_LARGE` | a server-sent event is longer than `maxEventLength` |
 * | `SSE_TRUNCATED` | the text ended inside a server-sent event |
 * | `CONTENT_TYPE` | a response is not in the framing that was asked for |
 * | `EVENT_MALFORMED` | a message or event does not hold what Claude's stream holds there |
 * | `EVENT_ORDER` | an event came where the stream's order does not allow it |
 * | `MESSAGE_TOO_LARGE` | a message added up from events outgrew `maxMessageLength` |
 * | `STREAM_TRUNCATED` | the stream ended between frames, but before `message_stop` |
 * | `STREAM_EXCEPTION` | the service sent an exception or error in the stream |
 * | `STREAM_IDLE` | nothing arrived for `idleTimeoutMs` |
 */
export type StreamErrorCode =
  | "FRAME_LENGTH"
  | "FRAME_TOO_LARGE"
  | "HEADERS_TOO_LARGE"
  | "PRELUDE_CRC"
  | "MESSAGE_CRC"
  | "HEADER_NAME"
  | "HEADER_TYPE"
  | "HEADER_VALUE"
  | "FRAME_TRUNCATED"
  | "SSE_FIELD"
  | "SSE_TOO_LARGE"
  | "SSE_TRUNCATED"
  | "CONTENT_TYPE"
  | "EVENT_MALFORMED"
  | "EVENT_ORDER"
  | "MESSAGE_TOO_LARGE"
  | "STREAM_TRUNCATED"
  | "STREAM_EXCEPTION"
  | "STREAM_IDLE";

/** What a {@link StreamError} knows besides its code. */
export interface StreamErrorDetails {
  /** Where the message that could not be read begins, in bytes from the start of the stream. */
  readonly offset?: number | undefined;
  /** Name of the exception as AWS models it, such as `ThrottlingException`; with `STREAM_EXCEPTION` only. */
  readonly awsName?: string | undefined;
  /** HTTP status that the exception would have had before the stream began; with `STREAM_EXCEPTION` only. */
  readonly status?: number | undefined;
  /** Error type of the Messages API, such as `rate_limit_error`; with `STREAM_EXCEPTION` only. */
  readonly errorType?: string | undefined;
  /** Message of the service, unaltered; with `STREAM_EXCEPTION` only. */
  readonly originalMessage?: string | undefined;
  /** Status with which the model answered Bedrock, which a `ModelStreamErrorException` may carry. */
  readonly originalStatusCode?: number | undefined;
  /** The `error` event that says the same in the Messages API; with `STREAM_EXCEPTION` only. */
  readonly errorEvent?: ClaudeErrorEvent | undefined;
  /** What had arrived of the message; its last block may be unfinished. Never a whole message. */
  readonly partialMessage?: ClaudeMessage | undefined;
  /** What was caught, where this error wraps another. */
  readonly cause?: unknown;
}

/**
 * Thrown when bytes are not what the framing or Claude's stream requires, or when a stream broke off;
 * {@link StreamError.code} says in which way.
 *
 * @example Telling a throttled stream from a broken one
 * ```ts
 * import { StreamError } from "@claude-on-aws/streaming/event-stream";
 * import { equal } from "node:assert/strict";
 *
 * const error = new StreamError("STREAM_EXCEPTION", "Cannot go on with the stream: ThrottlingException (429): slow down", {
 *   awsName: "ThrottlingException",
 *   status: 429,
 *   originalMessage: "slow down",
 * });
 *
 * equal(error.code, "STREAM_EXCEPTION");
 * equal(error.status, 429);
 * ```
 */
export class StreamError extends Error implements StreamErrorDetails {
  override name = "StreamError";
  /** What went wrong. */
  readonly code: StreamErrorCode;
  readonly offset: number | undefined;
  readonly awsName: string | undefined;
  readonly status: number | undefined;
  readonly errorType: string | undefined;
  readonly originalMessage: string | undefined;
  readonly originalStatusCode: number | undefined;
  readonly errorEvent: ClaudeErrorEvent | undefined;
  readonly partialMessage: ClaudeMessage | undefined;

  /**
   * @param code What went wrong.
   * @param message What could not be done, what was found, what was expected.
   * @param details What is known besides.
   */
  constructor(code: StreamErrorCode, message: string, details: StreamErrorDetails = {}) {
    super(message, "cause" in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.offset = details.offset;
    this.awsName = details.awsName;
    this.status = details.status;
    this.errorType = details.errorType;
    this.originalMessage = details.originalMessage;
    this.originalStatusCode = details.originalStatusCode;
    this.errorEvent = details.errorEvent;
    this.partialMessage = details.partialMessage;
  }
}
