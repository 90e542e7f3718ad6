/**
 * What went wrong.
 *
 * | code | meaning |
 * |---|---|
 * | `CLIENT_LEFT` | the client closed its connection or reset its stream |
 * | `TIMED_OUT` | the client took longer than a limit |
 * | `BODY_MALFORMED` | the body was not framed as HTTP frames one |
 * | `BODY_TAKEN` | the body was asked for twice |
 * | `NO_ROOM` | the server holds as many bytes of bodies as it may |
 * | `ANSWERED` | the reply was over before the body |
 * | `REPLY_INVALID` | the reply cannot be written |
 * | `REPLY_FAILED` | the body of the reply threw; it is the `cause` |
 * | `CUT` | the reply asked to be broken off |
 * | `CLOSED` | the server was closed |
 * | `CERTIFICATE_INVALID` | certificate or key cannot be read, or do not belong together |
 */
export type ListenErrorCode =
  | "CLIENT_LEFT"
  | "TIMED_OUT"
  | "BODY_MALFORMED"
  | "BODY_TAKEN"
  | "NO_ROOM"
  | "ANSWERED"
  | "REPLY_INVALID"
  | "REPLY_FAILED"
  | "CUT"
  | "CLOSED"
  | "CERTIFICATE_INVALID";

/** Thrown where an exchange cannot go on; {@link ListenError.code} says why. */
export class ListenError extends Error {
  override name = "ListenError";
  readonly code: ListenErrorCode;

  constructor(code: ListenErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
