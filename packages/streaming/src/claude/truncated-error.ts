import { StreamError } from "../stream-error.ts";

/**
 * Makes the error for a stream that ended, or whose source failed, before `message_stop`.
 *
 * @param cause What the source failed with; left out, it ended.
 * @returns The error.
 */
export function truncatedError(cause?: unknown): StreamError {
  return new StreamError(
    "STREAM_TRUNCATED",
    `Cannot finish the message: the stream ${cause === undefined ? "ended" : "failed"} before message_stop; what arrived of it is not whole`,
    cause === undefined ? {} : { cause },
  );
}
