import { redactText } from "@claude-on-aws/endpoints";

/** What a {@link CliError} is about. */
export type CliErrorCode =
  | "USAGE"
  | "FILE_UNREADABLE"
  | "FILE_MALFORMED"
  | "FILE_UNWRITABLE"
  | "LINE_MALFORMED"
  | "JOURNAL_UNREACHABLE"
  | "METADATA_UNREACHABLE"
  | "STS_UNREACHABLE"
  | "STS_REFUSED"
  | "LISTEN_FAILED";

/** Thrown where a command cannot do what it is asked to. The message says the way out, and never holds a secret. */
export class CliError extends Error {
  override name = "CliError";
  /** Stable name of what went wrong. */
  readonly code: CliErrorCode;

  /**
   * @param code Stable name of what went wrong.
   * @param message What could not be done, what was found, what was expected, and the way out; what may be a secret is
   * hidden in it.
   * @param options The cause, where there is one.
   */
  constructor(code: CliErrorCode, message: string, options?: ErrorOptions) {
    // What was given is repeated in it, and may have been given in the wrong place.
    super(redactText(message), options);
    this.code = code;
  }
}
