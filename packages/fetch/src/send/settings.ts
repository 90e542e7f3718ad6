import type { Authenticator } from "../authenticate/authenticator.ts";
import type { Observer } from "../hooks/observer.ts";
import type { Dialect } from "../translate/translation.ts";
import type { Transport } from "../transport/transport.ts";
import type { BodyLimits } from "./body-budget.ts";
import type { TimeLimits } from "./time-limits.ts";

/** How requests are sent, wherever they go. */
export interface SendOptions extends TimeLimits, BodyLimits {
  /**
   * How often a request is sent again after an answer that may pass (408, 409, 424, 429, 500 and above, and what
   * `x-should-retry` says) or a failure before the first byte. The SDKs do that themselves: two retries inside of two make nine
   * requests. One more attempt with refreshed credentials is made in any case.
   *
   * @default {0}
   */
  readonly retries?: number | undefined;
  /**
   * Longest wait before another attempt that a service may ask for, in milliseconds. Where it asks for more, its answer is given.
   *
   * @default {60_000}
   */
  readonly maxRetryDelayMs?: number | undefined;
  /**
   * What sends the requests.
   *
   * @default {the best of this runtime}
   */
  readonly transport?: Transport | undefined;
  /**
   * The clock.
   *
   * @default {() => new Date()}
   */
  readonly now?: (() => Date) | undefined;
}

/** Where a request goes. */
export interface Destination {
  readonly dialect: Dialect;
  readonly authenticate: Authenticator;
}

/** What {@link createSender} is told. */
export interface SenderSettings extends SendOptions {
  /** Says where a request for a model goes; null where it names none. */
  readonly choose: (model: string | null) => Destination | Promise<Destination>;
  readonly observer?: Observer | undefined;
}
