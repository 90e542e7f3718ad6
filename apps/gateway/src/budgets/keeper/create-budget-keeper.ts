import { DEFAULTS } from "../../settings/defaults.ts";
import { randomUUID } from "node:crypto";
import type { BudgetSettings, CapUnit } from "../../settings/budget-settings.ts";
import type { Caller } from "../../terms/caller.ts";
import type { OwnRefusal } from "../../terms/own-refusal.ts";
import type { Usage } from "../../terms/usage.ts";
import {
  type BudgetKeeper,
  type CapState,
  type Reservation,
  type SpendBound,
  type SpendRequest,
  UNLIMITED,
} from "../budget-keeper.ts";
import type { BudgetStore, Charge, KeyState, StoreAnswer, TakeAnswer } from "../store/budget-store.ts";
import { openBudgetStore } from "../store/open-budget-store.ts";
import { type AppliedCap, capsFor, checkCaps, isRate } from "./caps.ts";
import { type Leased, Leases } from "./leases.ts";
import { Outbox } from "./outbox.ts";
import { refuseSpend, refuseTooLarge, refuseWithoutStore } from "./refuse-spend.ts";
import { StoreGone, StoreWatch } from "./store-watch.ts";
import { PROCESS_TIMING, type Timing } from "./timing.ts";

/** What a keeper is made with besides its settings. */
export interface BudgetKeeperOptions {
  /** A store that is open already, and stays open when the keeper is closed: after a reload what was counted goes on counting. */
  readonly store?: BudgetStore | undefined;
  /** How time passes. Defaults to that of the process. */
  readonly timing?: Timing | undefined;
  /** Makes the ids of leases. Defaults to `crypto.randomUUID`. */
  readonly randomId?: (() => string) | undefined;
}

/** A reservation is renewed when a third of its life is over, so that two attempts may fail. */
const RENEWALS_OF_LIFE = 3;

/**
 * Makes what holds the budgets: it takes the most that a request can cost from all of its caps before it is sent, and puts what it
 * did cost in place of that afterwards. No more than a cap is ever admitted, however many gateways share a store, and whatever dies:
 * what was taken and never settled counts as spent, until its window is over.
 *
 * @example Usage
 * ```ts
 * import { boundSpend, createBudgetKeeper, isOwnRefusal } from "@claude-on-aws/gateway";
 * import { equal } from "node:assert/strict";
 *
 * const keeper = await createBudgetKeeper({
 *   caps: [{ name: "day", unit: "usd", amount: 0.5, window: "day", scope: "each-caller" }],
 * });
 * const limits = { models: null, upstreams: null, maxConcurrent: null };
 * const caller = { name: "ann", proof: "token", groups: [], limits, ownKey: null } as const;
 * const body = new TextEncoder().encode('{"model":"claude-opus-5-5","max_tokens":16000,"messages":[]}');
 * const bound = boundSpend({ operation: "CreateMessage", body, model: "claude-opus-5-5" });
 *
 * const first = await keeper.reserve({ id: "1", caller, model: "claude-opus-5-5", bound });
 * equal(isOwnRefusal(first), false);
 * const second = await keeper.reserve({ id: "2", caller, model: "claude-opus-5-5", bound });
 * equal(isOwnRefusal(second) && second.code, "BUDGET_SPENT");
 * await keeper.close();
 * ```
 *
 * @param settings The caps, and where they are kept.
 * @param options What else it is made with.
 * @returns The keeper; {@link UNLIMITED} where there are no caps.
 * @throws {GatewayError} `SETTINGS_INVALID`; `PEER_MISSING`, `RUNTIME_TOO_OLD` or `BUDGET_STORE_UNUSABLE` where the store cannot be
 * opened.
 */
export async function createBudgetKeeper(
  settings: BudgetSettings,
  options: BudgetKeeperOptions = {},
): Promise<BudgetKeeper> {
  checkCaps(settings.caps);
  if (settings.caps.length === 0) return UNLIMITED;
  const store = options.store ?? (await openBudgetStore(settings.store ?? "memory"));
  return new Keeper(settings, store, options);
}

/** What a usage means to a cap, by its unit. */
const USED: Readonly<Record<CapUnit, (usage: Usage, microUsd: number) => number>> = {
  usd: (_, microUsd) => microUsd,
  tokens: (usage) =>
    usage.inputTokens +
    usage.outputTokens +
    usage.cacheReadTokens +
    usage.cacheWriteTokens +
    usage.cacheWriteHourTokens,
  requests: () => 1,
};

const BOUND: Readonly<Record<CapUnit, (bound: SpendBound) => number>> = {
  usd: ({ microUsd }) => microUsd,
  tokens: ({ inputTokens, outputTokens }) => inputTokens + outputTokens,
  requests: () => 1,
};

const NOT_COUNTED: Reservation = { caps: [], settle: async () => {}, renew: () => {} };

class Keeper implements BudgetKeeper {
  readonly #settings: BudgetSettings;
  readonly #store: BudgetStore;
  readonly #timing: Timing;
  readonly #watch: StoreWatch;
  readonly #outbox: Outbox;
  readonly #leases: Leases;
  readonly #reservationMs: number;
  readonly #ownsStore: boolean;

  constructor(settings: BudgetSettings, store: BudgetStore, options: BudgetKeeperOptions) {
    const { timing = PROCESS_TIMING, randomId = randomUUID } = options;
    this.#settings = settings;
    this.#store = store;
    this.#timing = timing;
    this.#ownsStore = options.store === undefined;
    this.#reservationMs = settings.reservationMs ?? DEFAULTS.reservationMs;
    this.#watch = new StoreWatch(store, { timeoutMs: settings.storeTimeoutMs ?? DEFAULTS.storeTimeoutMs, timing });
    this.#outbox = new Outbox(this.#watch, timing, this.#reservationMs);
    this.#leases = new Leases(
      {
        take: async (id, charges) => this.#take(id, charges, { inAdvance: true, waitedMs: 0 }),
        settle: (id, amounts, isFinal) => void this.#outbox.settle({ id, amounts, isFinal }),
        renew: (id) => this.#outbox.renew(id),
        randomId,
      },
      timing,
    );
  }

  async reserve({ id, caller, bound }: SpendRequest): Promise<Reservation | OwnRefusal> {
    const applied = capsFor(this.#settings.caps, caller);
    if (applied.length === 0 || isFree(bound)) return NOT_COUNTED;
    const charges = applied.map((each) => toCharge(each, BOUND[each.cap.unit](bound)));
    for (const [at, { amount, limit }] of charges.entries()) {
      const each = applied[at];
      if (each !== undefined && amount > limit) return refuseTooLarge(each, amount);
    }
    const cameAtMs = this.#timing.elapsedMs();
    const leased = this.#store.isShared ? await this.#leases.take(charges) : undefined;
    if (leased !== undefined) return this.#leasedReservation(applied, leased);
    let answer: TakeAnswer;
    try {
      // Whoever waited for a lease waited for the store.
      const waitedMs = this.#timing.elapsedMs() - cameAtMs;
      answer = await this.#take(id, charges, { inAdvance: false, waitedMs });
    } catch (error) {
      if (!(error instanceof StoreGone)) throw error;
      const isOpen = this.#settings.ratesWithoutStore === "open" && applied.every(({ cap }) => isRate(cap));
      return isOpen ? NOT_COUNTED : refuseWithoutStore(error.message);
    }
    if (!answer.isTaken) return refuseSpend(applied, charges, answer);
    if (this.#store.isShared) this.#leases.learn(charges, answer);
    return this.#reservation(id, applied, answer);
  }

  async capsOf(caller: Caller): Promise<readonly CapState[]> {
    const applied = capsFor(this.#settings.caps, caller);
    const charges = applied.map((each) => toCharge(each, 0));
    try {
      return toStates(applied, await this.#watch.ask(async (store) => store.read(charges)));
    } catch {
      return [];
    }
  }

  async isReady(): Promise<boolean> {
    try {
      await this.#watch.ask(async (store) => store.read([]));
      return true;
    } catch {
      return false;
    }
  }

  async close(): Promise<void> {
    this.#leases.close();
    await this.#outbox.flush();
    this.#outbox.close();
    if (this.#ownsStore) await this.#store.close();
  }

  /** Takes; where it cannot be known whether that happened, gives it back as soon as the store can be asked. */
  async #take(
    id: string,
    charges: readonly Charge[],
    { inAdvance, waitedMs }: { readonly inAdvance: boolean; readonly waitedMs: number },
  ): Promise<TakeAnswer> {
    const request = { id, charges, lifetimeMs: this.#reservationMs, inAdvance };
    try {
      return await this.#watch.ask(async (store) => store.take(request), waitedMs);
    } catch (error) {
      if (error instanceof StoreGone && error.wasAsked) {
        void this.#outbox.settle({ id, amounts: null, isFinal: true });
      }
      throw error;
    }
  }

  /** What was taken by a statement of its own. */
  #reservation(id: string, applied: readonly AppliedCap[], answer: StoreAnswer): Reservation {
    return this.#hold(applied, answer, {
      settle: async (used) => {
        const known = applied.flatMap(({ key }, at) => (used?.[at] === undefined ? [] : [[key, used[at]] as const]));
        await this.#outbox.settle({ id, amounts: used === null ? null : Object.fromEntries(known), isFinal: true });
      },
      renew: () => this.#outbox.renew(id),
    });
  }

  #leasedReservation(applied: readonly AppliedCap[], leased: Leased): Reservation {
    return this.#hold(applied, leased.answer, {
      settle: async (used) => leased.settle(used ?? applied.map(() => 0)),
      renew: leased.renew,
    });
  }

  #hold(applied: readonly AppliedCap[], answer: StoreAnswer, held: Held): Reservation {
    let isSettled = false;
    let renewedAtMs = this.#timing.elapsedMs();
    return {
      caps: toStates(applied, answer),
      settle: async (usage, microUsd) => {
        if (isSettled) return;
        isSettled = true;
        await held.settle(
          microUsd === null ? null : applied.map(({ cap }) => toWhole(USED[cap.unit](usage, microUsd))),
        );
      },
      renew: () => {
        const nowMs = this.#timing.elapsedMs();
        if (isSettled || nowMs - renewedAtMs < this.#reservationMs / RENEWALS_OF_LIFE) return;
        renewedAtMs = nowMs;
        held.renew();
      },
    };
  }
}

/** What a reservation stands for: amounts by cap; null gives all of them back. */
interface Held {
  readonly settle: (used: readonly (number | undefined)[] | null) => Promise<void>;
  readonly renew: () => void;
}

/** What is no number is not known, and what was reserved stays in its place. */
const toWhole = (amount: number): number | undefined =>
  Number.isNaN(amount) ? undefined : Math.min(Math.max(0, Math.ceil(amount)), Number.MAX_SAFE_INTEGER);

const isFree = ({ inputTokens, outputTokens, microUsd }: SpendBound): boolean =>
  inputTokens === 0 && outputTokens === 0 && microUsd === 0;

const toCharge = ({ cap, key, limit }: AppliedCap, amount: number): Charge => ({
  key,
  window: cap.window,
  limit,
  amount,
});

/** How full the caps are, the fullest first. */
function toStates(applied: readonly AppliedCap[], { states }: StoreAnswer): CapState[] {
  return applied
    .map((each, at) => toState(each, states[at]))
    .toSorted((one, other) => other.utilization - one.utilization);
}

const toState = ({ cap, limit }: AppliedCap, state: KeyState | undefined): CapState => ({
  name: cap.name,
  unit: cap.unit,
  utilization: state === undefined || limit === 0 ? 1 : state.used / limit,
  resetsAt: Math.ceil((state?.resetsAtMs ?? 0) / 1_000),
  amount: cap.amount,
  spent: state === undefined || limit === 0 ? cap.amount : (state.used / limit) * cap.amount,
  period: typeof cap.window === "string" ? cap.window : undefined,
});
