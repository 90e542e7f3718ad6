/**
 * What a {@link GatewayError} is about.
 *
 * | code | when |
 * |---|---|
 * | `SETTINGS_INVALID` | the settings name what does not exist, or contradict each other |
 * | `SETTINGS_MALFORMED` | a configuration is no JSON, or has a key or a value that it cannot have; `path` says where |
 * | `PEER_MISSING` | a package of yours is not installed; the message names it and the command that installs it |
 * | `RUNTIME_TOO_OLD` | the runtime has not what the settings ask for |
 * | `AUDIT_UNWRITABLE` | records of requests cannot be written where the settings want them |
 * | `TOKENS_UNUSABLE` | the file of tokens cannot be read or written, is damaged, or others may write it |
 * | `TOKENS_LOCKED` | another program is writing the file of tokens |
 * | `TOKEN_INVALID` | a token cannot be made with such a name, group or end |
 * | `TOKEN_UNKNOWN` | no token has the name or the ID |
 * | `BUDGET_STORE_UNUSABLE` | the store of budgets cannot be opened, is open elsewhere, or was made by a later version |
 * | `BUDGET_STORE_FULL` | budgets in memory have more keys or requests than the limit |
 * | `ANSWER_BROKEN` | an answer of a service ended before it was whole |
 */
export type GatewayErrorCode =
  | "SETTINGS_INVALID"
  | "SETTINGS_MALFORMED"
  | "PEER_MISSING"
  | "RUNTIME_TOO_OLD"
  | "AUDIT_UNWRITABLE"
  | "TOKENS_UNUSABLE"
  | "TOKENS_LOCKED"
  | "TOKEN_INVALID"
  | "TOKEN_UNKNOWN"
  | "BUDGET_STORE_UNUSABLE"
  | "BUDGET_STORE_FULL"
  | "ANSWER_BROKEN";

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
  /** Where in a configuration it stands, such as `upstreams[0].provider`; empty for the whole, and where it stands in none. */
  readonly path: string;

  constructor(
    code: GatewayErrorCode,
    message: string,
    { path = "", ...options }: ErrorOptions & { path?: string } = {},
  ) {
    super(message, options);
    this.code = code;
    this.path = path;
  }
}
