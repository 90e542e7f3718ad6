/**
 * What a {@link FetchError} is about.
 *
 * | code | meaning |
 * |---|---|
 * | `BODY_MALFORMED` | the body is no JSON object, as far as it had to be read |
 * | `BODY_KEY_REPEATED` | a name that decides stands in the body twice |
 * | `BODY_KEY_MISSPELLED` | a name that decides stands in the body in another case |
 * | `BODY_TOO_LARGE` | the body is longer than `maxBodyBytes` |
 * | `BODIES_TOO_LARGE` | all bodies under way would be longer than `maxBodyBytesInFlight` |
 * | `CREDENTIALS_EXPIRED` | the credentials ended, and their source has no others |
 * | `CREDENTIALS_MISSING` | no credentials can be had |
 * | `CONFIG_INCOMPLETE` | the configuration has an error |
 * | `PROVIDER_UNSUPPORTED` | the configuration names a provider that is not on AWS |
 * | `PATH_UNKNOWN` | the URL has no path of the Messages API |
 * | `CONNECTION_FAILED` | no connection stood, or it broke before an answer |
 * | `REDIRECTED` | the service redirects, and `redirect` is `error` |
 * | `CONNECT_TIMEOUT` | no connection stood after `connectTimeoutMs` |
 * | `FIRST_BYTE_TIMEOUT` | no answer came for `firstByteTimeoutMs` |
 * | `STALL_TIMEOUT` | nothing more of the answer came for `stallTimeoutMs` |
 * | `TOTAL_TIMEOUT` | the exchange was not over after `totalTimeoutMs` |
 * | `STREAM_TRUNCATED` | the stream of a message ended before `message_stop` |
 * | `STREAM_FAILED` | the connection broke off within the answer's body |
 * | `PROXY_REFUSED` | the proxy of `HTTPS_PROXY` did not let the request through |
 */
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
