/**
 * What a {@link GatewayError} is about.
 *
 * | code | when |
 * |---|---|
 * | `SETTINGS_INVALID` | the settings name what does not exist, or contradict each other |
 * | `PEER_MISSING` | a library is missing that the settings ask for |
 * | `RUNTIME_TOO_OLD` | the runtime has not what the settings ask for |
 * | `BUDGET_STORE_UNUSABLE` | the store of budgets cannot be opened, is open elsewhere, or was made by a later version |
 * | `BUDGET_STORE_FULL` | budgets in memory have more keys or requests than the limit |
 */
export type GatewayErrorCode =
  | "SETTINGS_INVALID"
  | "PEER_MISSING"
  | "RUNTIME_TOO_OLD"
  | "BUDGET_STORE_UNUSABLE"
  | "BUDGET_STORE_FULL";

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
