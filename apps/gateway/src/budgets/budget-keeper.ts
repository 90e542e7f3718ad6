import type { Caller } from "../terms/caller.ts";
import type { OwnRefusal } from "../terms/own-refusal.ts";
import type { Usage } from "../terms/usage.ts";
import type { PriceConditions } from "./cost/cost-of.ts";

/**
 * What a service may do for a request that a stream does not show, and charge for: nothing; output, which is what a model thinks;
 * or anything, which is what tools of the service do, or another model.
 */
export type UnseenWork = "nothing" | "output" | "anything";

/** The most that a request can cost, known before it is sent. */
export interface SpendBound {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Millionths of a US dollar, rounded up. */
  readonly microUsd: number;
  /** What the body says of its price; what it did cost is counted by the same. */
  readonly conditions?: PriceConditions | undefined;
  /**
   * What may be done that does not stream: where a stream breaks off, that much of the bound counts as spent.
   *
   * @default {"nothing"}
   */
  readonly unseen?: UnseenWork | undefined;
}

/** A request that asks for its share of the budgets. */
export interface SpendRequest {
  /** Unique, chosen by the gateway: asked twice with one id, a store takes once. */
  readonly id: string;
  readonly caller: Caller;
  /** The model as the client names it. */
  readonly model: string;
  readonly bound: SpendBound;
}

/** How full a cap is. */
export interface CapState {
  /** What the operator calls it. */
  readonly name: string;
  readonly unit: "usd" | "tokens" | "requests";
  /** From 0 on; 1 where it is spent. Reservations count. */
  readonly utilization: number;
  /** When its window ends, in seconds since 1970. */
  readonly resetsAt: number;
  /** What may be spent of it in a window, in its unit; left out, `/api/oauth/usage` says nothing of it. */
  readonly amount?: number | undefined;
  /** What was spent of it, reservations among it, in its unit. */
  readonly spent?: number | undefined;
  /** The calendar window that it has; left out for a rate. */
  readonly period?: "day" | "week" | "month" | undefined;
}

/** What was taken for a request, until it is settled. */
export interface Reservation {
  /** The caps that count for the request, behind the taking; the fullest first. */
  readonly caps: readonly CapState[];
  /**
   * Puts what was spent in place of what was reserved. Called once, when the exchange is over.
   *
   * @param usage What the service says, or what streamed before it was broken off.
   * @param microUsd What that costs; null where nothing was sent, and all of it goes back.
   */
  readonly settle: (usage: Usage, microUsd: number | null) => Promise<void>;
  /** Keeps it from expiring while an answer streams. */
  readonly renew: () => void;
}

/** Holds the budgets. */
export interface BudgetKeeper {
  /**
   * Takes from all caps of a request, or from none.
   *
   * @param request Who asks, and the most that it can cost.
   * @returns What was taken; or why nothing was.
   */
  readonly reserve: (request: SpendRequest) => Promise<Reservation | OwnRefusal>;
  /** Says how full the caps of a caller are, and takes nothing. */
  readonly capsOf: (caller: Caller) => Promise<readonly CapState[]>;
  /** Whether the store answers; for `/readyz`. */
  readonly isReady: () => Promise<boolean>;
  /** Writes what is not written yet, and lets the store go. */
  readonly close: () => Promise<void>;
}

const FREE: Reservation = { caps: [], settle: async () => {}, renew: () => {} };

/** Where no budget is configured: everything is taken, nothing is counted. */
export const UNLIMITED: BudgetKeeper = {
  reserve: async () => FREE,
  capsOf: async () => [],
  isReady: async () => true,
  close: async () => {},
};
