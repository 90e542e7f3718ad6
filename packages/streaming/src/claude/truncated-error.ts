import { StreamError } from "../stream-error.ts";
import type { ClaudeErrorEvent } from "./claude-event.ts";

/**
 * Makes the error for a stream that ended, or whose source failed, before `message_stop`.
 *
 * @param cause What the source failed with; left out, it ended.
 * @param errorEvent The event that says so; left out, it is made of the error.
 * @returns The error.
 */
export function truncatedError(cause?: unknown, errorEvent?: ClaudeErrorEvent): StreamError {
  return new StreamError(
    "STREAM_TRUNCATED",
    `Cannot finish the message: the stream ${cause === undefined ? "ended" : "failed"} before message_stop; what arrived of it is not whole`,
    { ...(cause !== undefined && { cause }), errorEvent },
  );
}
