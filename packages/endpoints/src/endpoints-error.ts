/** What an {@link EndpointsError} can say. */
export type EndpointsErrorCode = "HOST_UNKNOWN";

/** Thrown when what is asked for does not exist at AWS; {@link EndpointsError.code} says what. */
export class EndpointsError extends RangeError {
  override name = "EndpointsError";
  /** Stable name of what went wrong. */
  readonly code: EndpointsErrorCode;

  /**
   * @param code Stable name of what went wrong.
   * @param message What could not be done, what was found, and the way out.
   */
  constructor(code: EndpointsErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
