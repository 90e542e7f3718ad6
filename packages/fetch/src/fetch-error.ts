/**
 * What a {@link FetchError} is about. Those with a status are answered with it, in the form of the Messages API; the others are
 * thrown, or end a stream.
 *
 * | code | when |
 * |---|---|
 * | `BODY_MALFORMED` | the body is no JSON object; 400 |
 * | `BODY_KEY_REPEATED` | a name that decides stands in the body twice; 400 |
 * | `BODY_KEY_MISSPELLED` | a name that decides stands there in another case; 400 |
 * | `BODY_TOO_LARGE` | the body is longer than `maxBodyBytes`; 413 |
 * | `BODIES_TOO_LARGE` | all bodies together are longer than `maxBodyBytesInFlight`: try again; 529 |
 * | `CREDENTIALS_EXPIRED` | the credentials ended, and their source has no others; 401 |
 * | `CREDENTIALS_MISSING` | a key comes from a command that nobody ran; 401 |
 * | `CONFIG_INCOMPLETE` | the configuration has an error; 400 |
 * | `PROVIDER_UNSUPPORTED` | the configuration names a provider to which nothing is sent; 400 |
 * | `PATH_UNKNOWN` | the URL has no path of the Messages API; 404 |
 * | `CONNECTION_FAILED` | there was no connection, or it broke |
 * | `REDIRECTED` | the service redirected, and `redirect` is `error` |
 * | `CONNECT_TIMEOUT` | `connectTimeoutMs` went by |
 * | `FIRST_BYTE_TIMEOUT` | `firstByteTimeoutMs` went by |
 * | `STALL_TIMEOUT` | `stallTimeoutMs` went by within the answer |
 * | `TOTAL_TIMEOUT` | `totalTimeoutMs` went by |
 * | `STREAM_TRUNCATED` | the stream of a message ended before `message_stop` |
 * | `STREAM_FAILED` | the connection broke within the stream of a message |
 * | `PROXY_REFUSED` | the proxy does not connect to the service |
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
