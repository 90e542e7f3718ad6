import type { Header } from "@claude-on-aws/fetch";

/** Why the gateway itself does not answer as asked; what a service refuses is passed on as it came. */
export interface OwnRefusal {
  /** Stable name in capitals; it stands in the audit and in the header `x-claude-on-aws-refusal`. */
  readonly code: string;
  /** HTTP status. */
  readonly status: number;
  /** Error type of the Messages API. */
  readonly type: string;
  /** What could not be done, what was found, what was expected, the way out. It holds no secret. */
  readonly message: string;
  /** Whether the SDKs of Anthropic try again by themselves: what `x-should-retry` says. */
  readonly shouldRetry: boolean;
  /** Further headers, such as `retry-after`. */
  readonly headers?: readonly Header[];
}

/**
 * Tells a refusal from what was asked for.
 *
 * @param value One or the other.
 * @returns Whether it is a refusal.
 */
export const isOwnRefusal = (value: object): value is OwnRefusal => "shouldRetry" in value;
