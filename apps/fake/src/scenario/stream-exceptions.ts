import type { StreamException } from "../exchange/reply.ts";
import type { FaultName } from "../terms/faults.ts";

/** An exception that may come in the middle of a stream, and what says the same where nothing was sent yet. */
export interface StreamExceptionRow extends StreamException {
  readonly fault: FaultName;
}

/**
 * The exceptions of a stream. One is found by either of its names, the first row of equals.
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ResponseStream.html | ResponseStream}
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/streaming#error-events | Error events}
 */
export const STREAM_EXCEPTIONS: readonly StreamExceptionRow[] = [
  {
    name: "internalServerException",
    errorType: "api_error",
    fault: "internal",
    message: "The system encountered an unexpected error during processing. Try your request again.",
  },
  {
    name: "modelStreamErrorException",
    errorType: "api_error",
    fault: "model-error",
    message: "The model stream was interrupted. Try your request again.",
  },
  {
    name: "modelTimeoutException",
    errorType: "timeout_error",
    fault: "timed-out",
    message: "The model took too long. Try your request again.",
  },
  {
    name: "serviceUnavailableException",
    errorType: "overloaded_error",
    fault: "overloaded",
    message: "Overloaded",
  },
  {
    name: "throttlingException",
    errorType: "rate_limit_error",
    fault: "throttled",
    message: "Too many tokens, please wait before trying again.",
  },
  {
    name: "validationException",
    errorType: "invalid_request_error",
    fault: "body-invalid",
    message: "The request could not be processed.",
  },
];

/**
 * Finds an exception by its name on AWS or by its type on the Claude API.
 *
 * @returns The first row with it; `undefined` where there is none.
 */
export const findStreamException = (name: string): StreamExceptionRow | undefined =>
  STREAM_EXCEPTIONS.find((row) => row.name === name || row.errorType === name);
