import type { AuditSink } from "./audit/audit-record.ts";
import type { BudgetKeeper } from "./budgets/budget-keeper.ts";
import type { HeadRules } from "./callers/head/check-head.ts";
import type { Identify } from "./callers/identify.ts";
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
   * Is told of each request.
   *
   * @default {nobody}
   */
  readonly audit?: AuditSink | undefined;
  /**
   * Longest body of a request, in bytes.
   *
   * @default {33,554,432: what the Messages API takes}
   */
  readonly maxBodyBytes?: number | undefined;
  /**
   * The clock.
   *
   * @default {() => new Date()}
   */
  readonly now?: (() => Date) | undefined;
}
