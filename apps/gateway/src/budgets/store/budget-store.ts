import type { CapWindow } from "../../settings/budget-settings.ts";

/** What one request takes from one cap. Amounts are whole: millionths of a US dollar, tokens, or requests. */
export interface Charge {
  /** Names the cap and who shares it; every gateway writes the same. */
  readonly key: string;
  readonly window: CapWindow;
  /** The most that may be taken within the window. */
  readonly limit: number;
  readonly amount: number;
}

/** What is taken, and for how long it can be settled. */
export interface TakeRequest {
  /** Unique. Asked twice with one id, a store takes once. */
  readonly id: string;
  /** No two of one key. */
  readonly charges: readonly Charge[];
  /** After so many milliseconds without being renewed it cannot be settled any more: what was taken stays counted. */
  readonly lifetimeMs: number;
  /** Whether it is taken in advance: it counts in the slot behind the one of the moment, so that it may be used until that one ends. */
  readonly inAdvance?: boolean | undefined;
}

/** How full the window of a key is. */
export interface KeyState {
  readonly used: number;
  /** When a window of the calendar ends, or when the oldest part of what a span holds comes back, in milliseconds since 1970. */
  readonly resetsAtMs: number;
  /** Until when what is taken in advance may be used; the moment itself where it was taken before. */
  readonly usableUntilMs: number;
}

/** What a store answers. */
export interface StoreAnswer {
  /** What the store's clock says, in milliseconds since 1970. */
  readonly nowMs: number;
  /** In the order of the charges. */
  readonly states: readonly KeyState[];
}

/** Whether all was taken, or nothing. */
export interface TakeAnswer extends StoreAnswer {
  readonly isTaken: boolean;
}

/** What was really used of what was taken. */
export interface Settlement {
  readonly id: string;
  /** By key, in place of what was taken. What is left out stays. Null gives all of it back, also when it is taken after this was said. */
  readonly amounts: Readonly<Record<string, number>> | null;
  /** Whether that is the last word. */
  readonly isFinal: boolean;
}

/**
 * Where sums of budgets are kept: a few statements, each of which happens whole or not at all. Whatever it throws says that it
 * is not known whether the statement happened.
 */
export interface BudgetStore {
  /** Whether others take from it too: then a hot key is worth a lease. */
  readonly isShared: boolean;
  readonly take: (request: TakeRequest) => Promise<TakeAnswer>;
  readonly settle: (settlements: readonly Settlement[]) => Promise<void>;
  readonly renew: (ids: readonly string[], lifetimeMs: number) => Promise<void>;
  /** Says how full keys are, and takes nothing. */
  readonly read: (charges: readonly Charge[]) => Promise<StoreAnswer>;
  /** Lets go of connections that do not answer; the next statement makes others. */
  readonly reconnect?: (() => void) | undefined;
  readonly close: () => Promise<void>;
}

/** What a store is opened with. */
export interface OpenStoreOptions {
  /** The clock of a store of this process, in milliseconds since 1970. Defaults to `Date.now`; PostgreSQL has its own. */
  readonly nowMs?: (() => number) | undefined;
  /**
   * Calls a function after some milliseconds, and returns what takes that back: how long PostgreSQL is waited for. Defaults to a timer, which
   * keeps the process running meanwhile.
   */
  readonly after?: ((ms: number, call: () => void) => () => void) | undefined;
}
