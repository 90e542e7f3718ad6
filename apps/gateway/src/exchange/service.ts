import { DEFAULTS } from "../settings/defaults.ts";
import { type AuditJournal, createAuditJournal } from "../audit/audit-journal.ts";
import { type Concurrency, createConcurrency } from "../admission/concurrency.ts";
import { createHeadRules, type HeadRules } from "../callers/head/check-head.ts";
import { UNLIMITED } from "../budgets/budget-keeper.ts";
import type { BudgetKeeper } from "../budgets/budget-keeper.ts";
import type { Timers } from "../forward/relay.ts";
import type { GatewayParts } from "../gateway-parts.ts";
import { createHealth, type Health } from "../upstreams/health.ts";
import { createModelResolver } from "../upstreams/resolve-model.ts";
import type { Upstream } from "../upstreams/upstream.ts";

/** An upstream, and what is known of it. */
export interface ServedUpstream extends Upstream {
  /** Says under which name it is asked for a model. */
  readonly resolveModel: (asked: string) => Promise<string>;
}

/** What all exchanges of a gateway share, everything filled in. */
export interface Service extends Pick<GatewayParts, "identify" | "bound" | "cost"> {
  readonly upstreams: readonly ServedUpstream[];
  readonly headRules: HeadRules;
  readonly budgets: BudgetKeeper;
  readonly journal: AuditJournal;
  readonly concurrency: Concurrency;
  readonly health: Health;
  readonly isClosing: () => boolean;
  readonly withheldHeaders: ReadonlySet<string>;
  readonly maxBodyBytes: number;
  readonly maxGatheredBytes: number;
  readonly pingAfterMs: number;
  readonly nowMs: () => number;
  readonly timers: Timers;
  readonly newId: () => string;
  readonly onError: (error: unknown) => void;
}

const DEFAULT_MAX_GATHERED_BYTES = 262_144;

const RUNTIME_TIMERS: Timers = {
  setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
  clearTimeout: (handle) => clearTimeout(handle as number),
};

/**
 * Makes what the exchanges of a gateway share.
 *
 * @param parts The parts, as given.
 * @returns Them, with what was left out.
 */
export function createService(parts: GatewayParts): Service {
  const { now, onError = () => {} } = parts;
  const nowMs = now === undefined ? Date.now : () => now().getTime();
  return {
    identify: parts.identify,
    bound: parts.bound,
    cost: parts.cost,
    upstreams: parts.upstreams.map((upstream) => ({ ...upstream, resolveModel: createModelResolver(upstream.fetch) })),
    headRules: parts.headRules ?? createHeadRules(),
    budgets: parts.budgets ?? UNLIMITED,
    journal: createAuditJournal({ sink: parts.audit, refuses: parts.auditFailure === "refuse", onError }),
    concurrency: parts.concurrency ?? createConcurrency(),
    health: parts.health ?? createHealth({ failures: parts.failuresBeforePause, pauseMs: parts.pauseMs, nowMs }),
    isClosing: parts.isClosing ?? (() => false),
    withheldHeaders: new Set(parts.withheldHeaders),
    maxBodyBytes: parts.maxBodyBytes ?? DEFAULTS.maxBodyBytes,
    maxGatheredBytes: parts.maxGatheredBytes ?? DEFAULT_MAX_GATHERED_BYTES,
    pingAfterMs: parts.pingAfterMs ?? DEFAULTS.pingAfterMs,
    nowMs,
    timers: parts.timers ?? RUNTIME_TIMERS,
    newId: parts.newId ?? (() => crypto.randomUUID()),
    onError,
  };
}
