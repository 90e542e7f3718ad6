import { StreamError } from "../stream-error.ts";

/** The error for a stream that ended, or whose source failed, before `message_stop`. */
export function truncatedError(cause?: unknown): StreamError {
  return new StreamError(
    "STREAM_TRUNCATED",
    `Cannot finish the message: the stream ${cause === undefined ? "ended" : "failed"} before message_stop; what came of it is in partialMessage`,
    cause === undefined ? {} : { cause },
  );
}
