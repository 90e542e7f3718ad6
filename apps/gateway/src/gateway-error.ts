/**
 * What a {@link GatewayError} is about.
 *
 * | code | when |
 * |---|---|
 * | `SETTINGS_INVALID` | the settings name what does not exist, or contradict each other |
 * | `ANSWER_BROKEN` | an answer of a service ended before it was whole |
 */
export type GatewayErrorCode = "SETTINGS_INVALID" | "ANSWER_BROKEN";

/**
 * Thrown where a gateway cannot be made or started. The message never holds a secret.
 *
 * @example Telling it from others
 * ```ts
 * import { GatewayError } from "@claude-on-aws/gateway";
 * import { equal } from "node:assert/strict";
 *
 * const error: unknown = new GatewayError("SETTINGS_INVALID", "Cannot start: no upstream is configured");
 * equal(error instanceof GatewayError && error.code, "SETTINGS_INVALID");
 * ```
 */
export class GatewayError extends Error {
  override name = "GatewayError";
  /** Stable name of what went wrong. */
  readonly code: GatewayErrorCode;

  constructor(code: GatewayErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
