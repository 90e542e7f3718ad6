import type { Concurrency } from "./admission/concurrency.ts";
import type { AuditSink } from "./audit/audit-record.ts";
import type { BudgetKeeper } from "./budgets/budget-keeper.ts";
import type { BoundSpend, CostOf } from "./budgets/spend-pricing.ts";
import type { HeadRules } from "./callers/head/check-head.ts";
import type { Identify } from "./callers/identify.ts";
import type { Timers } from "./forward/relay.ts";
import type { Health } from "./upstreams/health.ts";
import type { Upstream } from "./upstreams/upstream.ts";

/** The parts of a gateway. Each has a contract of its own, and is made from the configuration elsewhere. */
export interface GatewayParts {
  /** In the order in which they are asked. */
  readonly upstreams: readonly [Upstream, ...Upstream[]];
  readonly identify: Identify;
  /**
   * What heads of requests are held against before anything else.
   *
   * @default {those of a gateway on loopback}
   */
  readonly headRules?: HeadRules | undefined;
  /**
   * Holds the budgets.
   *
   * @default {nothing is limited}
   */
  readonly budgets?: BudgetKeeper | undefined;
  /**
   * Says what a request can cost at most, for the budgets.
   *
   * @default {nothing is reserved, and what was used is settled}
   */
  readonly bound?: BoundSpend | undefined;
  /**
   * Says what was paid, for the budgets and the audit.
   *
   * @default {no price is known}
   */
  readonly cost?: CostOf | undefined;
  /**
   * Is told of each request.
   *
   * @default {nobody}
   */
  readonly audit?: AuditSink | undefined;
  /**
   * What happens where `audit` throws: `continue`, or `refuse` every request until it takes a record again.
   *
   * @default {"continue"}
   */
  readonly auditFailure?: "continue" | "refuse" | undefined;
  /**
   * Is told what failed beside a request: a sink, a store.
   *
   * @default {nobody}
   */
  readonly onError?: ((error: unknown) => void) | undefined;
  /**
   * Names in lower case of headers that never go on to a service, such as that in which a front end says who a client is.
   *
   * @default {[]}
   */
  readonly withheldHeaders?: readonly string[] | undefined;
  /**
   * Longest body of a request, in bytes.
   *
   * @default {33,554,432: what the Messages API takes}
   */
  readonly maxBodyBytes?: number | undefined;
  /**
   * Longest answer in JSON that is read whole before it is sent, in bytes, so that one that breaks off becomes an error. Longer ones, and
   * streams, go on as they come.
   *
   * @default {262,144}
   */
  readonly maxGatheredBytes?: number | undefined;
  /**
   * Silence of a stream after which a `ping` of the gateway's own is sent, in milliseconds; 0 for none.
   *
   * @default {15,000}
   */
  readonly pingAfterMs?: number | undefined;
  /**
   * How often in a row an upstream fails before the others are asked first.
   *
   * @default {3}
   */
  readonly failuresBeforePause?: number | undefined;
  /**
   * How long the others are asked first then, in milliseconds.
   *
   * @default {10,000}
   */
  readonly pauseMs?: number | undefined;
  /**
   * Remembers how upstreams did, such as that of a gateway that this one takes the place of. It has its own number of failures, and pause.
   *
   * @default {one that knows nothing}
   */
  readonly health?: Health | undefined;
  /**
   * Counts what callers have under way, such as that of a gateway that this one takes the place of.
   *
   * @default {one that counts from here on}
   */
  readonly concurrency?: Concurrency | undefined;
  /**
   * Whether the gateway is ending: further requests are refused, and written down.
   *
   * @default {never}
   */
  readonly isClosing?: (() => boolean) | undefined;
  /**
   * The clock.
   *
   * @default {() => new Date()}
   */
  readonly now?: (() => Date) | undefined;
  /**
   * What measures silence.
   *
   * @default {the timers of the runtime}
   */
  readonly timers?: Timers | undefined;
  /**
   * Makes the gateway's own ids of requests.
   *
   * @default {() => crypto.randomUUID()}
   */
  readonly newId?: (() => string) | undefined;
}
