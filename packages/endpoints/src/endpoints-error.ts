import type { AwsProvider } from "./aws-provider.ts";

/**
 * What an {@link EndpointsError} can say.
 *
 * | code | meaning |
 * |---|---|
 * | `HOST_UNKNOWN` | AWS has no FIPS host for the service; `provider` says whose |
 */
export type EndpointsErrorCode = "HOST_UNKNOWN";

/** Thrown when AWS does not have what is asked for; {@link EndpointsError.code} says what. */
export class EndpointsError extends RangeError {
  override name = "EndpointsError";
  /** Stable name of what went wrong. */
  readonly code: EndpointsErrorCode;
  /** Whose host was asked for. */
  readonly provider: AwsProvider;

  /**
   * @param code Stable name of what went wrong.
   * @param message What could not be done, what was found, and the way out.
   * @param provider Whose host was asked for.
   */
  constructor(code: EndpointsErrorCode, message: string, provider: AwsProvider) {
    super(message);
    this.code = code;
    this.provider = provider;
  }
}
