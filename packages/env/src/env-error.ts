/**
 * What an {@link EnvError} can say.
 *
 * | code | meaning |
 * |---|---|
 * | `CLIENT_VERSION` | `clientVersion` is not dotted numbers |
 */
export type EnvErrorCode = "CLIENT_VERSION";

/** Thrown when an argument is outside what the package knows; a wrong configuration is not thrown but reported. */
export class EnvError extends RangeError {
  override name = "EnvError";
  /** Which argument was wrong. */
  readonly code: EnvErrorCode;
  /** What was given. */
  readonly input: string;

  /**
   * @param code Which argument was wrong.
   * @param input What was given.
   * @param message What could not be done, and what was expected.
   */
  constructor(code: EnvErrorCode, input: string, message: string) {
    super(message);
    this.code = code;
    this.input = input;
  }
}
