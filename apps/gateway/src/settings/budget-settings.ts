/** What a cap counts. */
export type CapUnit = "usd" | "tokens" | "requests";

/** The longest span of a rate, in seconds, 31 days: one that is longer is better a window of the calendar. */
export const MAX_RATE_SECONDS = 2_678_400;

/** When a cap begins anew: a window of the calendar in UTC, or a rate that holds for any span of so many seconds. */
export type CapWindow = "day" | "week" | "month" | { readonly seconds: number };

/** What may be spent at most. */
export interface CapSettings {
  /** What refusals, headers and metrics call it. */
  readonly name: string;
  readonly unit: CapUnit;
  /** US dollars, tokens or requests. */
  readonly amount: number;
  readonly window: CapWindow;
  /** Who shares it: everybody, each caller alone, a group together, each member of a group alone, or one caller. */
  readonly scope:
    | "everybody"
    | "each-caller"
    | { readonly group: string }
    | { readonly eachOf: string }
    | { readonly caller: string };
}

/** Budgets, and where they are kept. */
export interface BudgetSettings {
  readonly caps: readonly CapSettings[];
  /** `memory`, `sqlite:FILE`, or `postgres://…`. Defaults to `memory`. */
  readonly store?: string | undefined;
  /** Whether rates are let through while the store is gone; money never is. Defaults to `closed`. */
  readonly ratesWithoutStore?: "closed" | "open" | undefined;
  /** How long the store may take, in milliseconds, before it counts as gone. Defaults to 250. */
  readonly storeTimeoutMs?: number | undefined;
  /** How long a reservation lives without being renewed, in milliseconds. Defaults to 600,000. */
  readonly reservationMs?: number | undefined;
}
