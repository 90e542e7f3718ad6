/**
 * What a {@link GatewayError} is about.
 *
 * | code | when |
 * |---|---|
 * | `SETTINGS_INVALID` | the settings name what does not exist, or contradict each other |
 * | `TOKENS_UNUSABLE` | the file of tokens cannot be read or written, is damaged, or others may write it |
 * | `TOKENS_LOCKED` | another program is writing the file of tokens |
 * | `TOKEN_INVALID` | a token cannot be made with such a name, group or end |
 * | `TOKEN_UNKNOWN` | no token has the name or the ID |
 */
export type GatewayErrorCode =
  | "SETTINGS_INVALID"
  | "TOKENS_UNUSABLE"
  | "TOKENS_LOCKED"
  | "TOKEN_INVALID"
  | "TOKEN_UNKNOWN";

/**
 * Thrown where a gateway cannot be made or started, or its tokens not be kept. The message never holds a secret.
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
