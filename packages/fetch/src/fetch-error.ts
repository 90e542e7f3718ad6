/** What a {@link FetchError} is about. */
export type FetchErrorCode =
  | "BODY_MALFORMED"
  | "BODY_KEY_REPEATED"
  | "BODY_KEY_MISSPELLED"
  | "BODY_TOO_LARGE"
  | "BODIES_TOO_LARGE"
  | "CREDENTIALS_EXPIRED"
  | "CREDENTIALS_MISSING"
  | "CONFIG_INCOMPLETE"
  | "PROVIDER_UNSUPPORTED"
  | "PATH_UNKNOWN"
  | "CONNECTION_FAILED"
  | "REDIRECTED"
  | "CONNECT_TIMEOUT"
  | "FIRST_BYTE_TIMEOUT"
  | "STALL_TIMEOUT"
  | "TOTAL_TIMEOUT"
  | "STREAM_TRUNCATED"
  | "STREAM_FAILED"
  | "PROXY_REFUSED";

/**
 * Thrown, or answered in the form of the Messages API, where a request cannot be sent or an answer cannot be had. The message
 * never holds a secret.
 *
 * @example Telling a time-out from others
 * ```ts
 * import { FetchError } from "@claude-on-aws/fetch";
 * import { equal } from "node:assert/strict";
 *
 * const error: unknown = new FetchError("STALL_TIMEOUT", "Cannot go on with the answer: nothing came for 60000 ms");
 * equal(error instanceof FetchError && error.code, "STALL_TIMEOUT");
 * ```
 */
export class FetchError extends Error {
  override name = "FetchError";
  /** Stable name of what went wrong. */
  readonly code: FetchErrorCode;

  constructor(code: FetchErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Says in words what was caught.
 *
 * @param cause Anything that can be thrown.
 * @returns The message of an error; of anything else, its text.
 */
export const wordsOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
