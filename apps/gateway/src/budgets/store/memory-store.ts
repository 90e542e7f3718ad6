import { GatewayError } from "../../gateway-error.ts";
import type { CapWindow } from "../../settings/budget-settings.ts";
import { addTo, changeIn, emptySums, isStale, oldestOf, sumOf, type WindowSums } from "../windows/window-sums.ts";
import { layoutOf, slotEndMs, slotOf } from "../windows/windows.ts";
import type {
  BudgetStore,
  Charge,
  KeyState,
  Settlement,
  StoreAnswer,
  TakeAnswer,
  TakeRequest,
} from "./budget-store.ts";

/** The sums of a key. */
export interface KeySums {
  readonly window: CapWindow;
  readonly of: WindowSums;
}

/** How a store in memory is made. */
export interface MemoryStoreOptions {
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
  /** Most keys at once. Defaults to 100,000. */
  readonly maxKeys?: number | undefined;
  /** Most requests that are not settled at once. Defaults to 100,000. */
  readonly maxReservations?: number | undefined;
  /** Told of each key whose sums change or are forgotten. */
  readonly onChange?: ((key: string, sums: KeySums | undefined) => void) | undefined;
}

interface Held {
  expiresAtMs: number;
  readonly parts: { readonly key: string; readonly slot: number; amount: number }[];
}

const DEFAULT_MAX = 100_000;
/** How long it is known that somebody gave up on an id, so that nothing is taken for it afterwards. */
export const GIVEN_UP_MS = 600_000;
/** Stale keys are looked for no more often. */
const SWEEP_EVERY_MS = 1_000;

/** Keeps sums in memory. Each statement happens within one turn, so none comes between. */
export class MemoryStore implements BudgetStore {
  readonly isShared = false;
  readonly #keys = new Map<string, KeySums>();
  /** In the order in which they expire, as long as the clock goes forward. */
  readonly #held = new Map<string, Held>();
  readonly #options: MemoryStoreOptions;
  readonly #maxKeys: number;
  readonly #maxHeld: number;
  #sweptAtMs = Number.NEGATIVE_INFINITY;

  constructor(options: MemoryStoreOptions) {
    this.#options = options;
    this.#maxKeys = options.maxKeys ?? DEFAULT_MAX;
    this.#maxHeld = options.maxReservations ?? DEFAULT_MAX;
  }

  /** How much it holds. */
  get size(): { readonly keys: number; readonly reservations: number } {
    return { keys: this.#keys.size, reservations: this.#held.size };
  }

  /** Puts sums in that were kept elsewhere. */
  restore(key: string, sums: KeySums): void {
    this.#keys.set(key, sums);
  }

  readonly take = async (request: TakeRequest): Promise<TakeAnswer> => this.takeNow(request);

  takeNow({ id, charges, lifetimeMs, inAdvance = false }: TakeRequest): TakeAnswer {
    const nowMs = this.#options.nowMs();
    this.#expire(nowMs);
    if (this.#held.has(id)) return { isTaken: true, ...notUsable(this.#answer(charges, nowMs)) };
    const fits = ({ key, window, limit, amount }: Charge): boolean => {
      if (amount === 0) return true;
      const sums = this.#keys.get(key);
      const used = sums === undefined ? 0 : sumOf(sums.of, layoutOf(window), slotOf(window, nowMs));
      return used + amount <= limit;
    };
    if (!charges.every(fits)) return { isTaken: false, ...this.#answer(charges, nowMs) };
    if (this.#held.size >= this.#maxHeld) throw full("requests under way", this.#maxHeld);
    this.#makeRoom(charges, nowMs);
    const parts = charges.map(({ key, window, amount }) => {
      const sums = this.#sumsOf(key, window);
      const slot = slotOf(window, nowMs) + (inAdvance && layoutOf(window).ahead > 0 ? 1 : 0);
      addTo(sums.of, slot, amount);
      this.#options.onChange?.(key, sums);
      return { key, slot, amount };
    });
    this.#held.set(id, { expiresAtMs: nowMs + lifetimeMs, parts });
    return { isTaken: true, ...this.#answer(charges, nowMs) };
  }

  readonly settle = async (settlements: readonly Settlement[]): Promise<void> => {
    for (const settlement of settlements) this.settleNow(settlement);
  };

  settleNow({ id, amounts, isFinal }: Settlement): void {
    const held = this.#held.get(id);
    if (held === undefined) {
      if (amounts === null && this.#held.size < this.#maxHeld) {
        this.#held.set(id, { expiresAtMs: this.#options.nowMs() + GIVEN_UP_MS, parts: [] });
      }
      return;
    }
    for (const part of held.parts) {
      const amount = settledAmount(amounts, part.key, part.amount);
      const sums = this.#keys.get(part.key);
      if (amount === part.amount || sums === undefined) continue;
      changeIn(sums.of, part.slot, amount - part.amount);
      part.amount = amount;
      this.#options.onChange?.(part.key, sums);
    }
    if (amounts === null) {
      // Whoever asks again for it, later than this, is not charged either.
      held.parts.length = 0;
      held.expiresAtMs = this.#options.nowMs() + GIVEN_UP_MS;
    } else if (isFinal) this.#held.delete(id);
  }

  readonly renew = async (ids: readonly string[], lifetimeMs: number): Promise<void> => {
    const expiresAtMs = this.#options.nowMs() + lifetimeMs;
    for (const id of ids) {
      const held = this.#held.get(id);
      if (held === undefined) continue;
      held.expiresAtMs = expiresAtMs;
      this.#held.delete(id);
      this.#held.set(id, held);
    }
  };

  readonly read = async (charges: readonly Charge[]): Promise<StoreAnswer> =>
    this.#answer(charges, this.#options.nowMs());

  /** How much of a key is used. */
  peek(charge: Charge): number {
    return this.#answer([charge], this.#options.nowMs()).states[0]?.used ?? 0;
  }

  readonly close = async (): Promise<void> => {};

  #answer(charges: readonly Charge[], nowMs: number): StoreAnswer {
    const states = charges.map(({ key, window }): KeyState => {
      const current = slotOf(window, nowMs);
      const sums = this.#keys.get(key)?.of;
      const layout = layoutOf(window);
      const used = sums === undefined ? 0 : sumOf(sums, layout, current);
      return stateOf(window, current, used, sums === undefined ? current : oldestOf(sums, layout, current));
    });
    return { nowMs, states };
  }

  #sumsOf(key: string, window: CapWindow): KeySums {
    const known = this.#keys.get(key);
    if (known !== undefined) return known;
    const sums: KeySums = { window, of: emptySums(layoutOf(window)) };
    this.#keys.set(key, sums);
    return sums;
  }

  #expire(nowMs: number): void {
    for (const [id, { expiresAtMs }] of this.#held) {
      if (expiresAtMs > nowMs) return;
      this.#held.delete(id);
    }
  }

  #makeRoom(charges: readonly Charge[], nowMs: number): void {
    const wanted = (): number => this.#keys.size + charges.filter(({ key }) => !this.#keys.has(key)).length;
    if (wanted() <= this.#maxKeys) return;
    if (Math.abs(nowMs - this.#sweptAtMs) >= SWEEP_EVERY_MS) {
      this.#sweptAtMs = nowMs;
      for (const [key, { window, of }] of this.#keys) {
        if (!isStale(of, layoutOf(window), slotOf(window, nowMs))) continue;
        this.#keys.delete(key);
        this.#options.onChange?.(key, undefined);
      }
    }
    if (wanted() > this.#maxKeys) throw full("keys", this.#maxKeys);
  }
}

/**
 * Says how full a key is, from what a store found.
 *
 * @param window Its window.
 * @param current The slot of the moment.
 * @param used What counts.
 * @param oldest The oldest slot that holds anything of it.
 * @returns The state.
 */
export function stateOf(window: CapWindow, current: number, used: number, oldest: number): KeyState {
  const { back, ahead } = layoutOf(window);
  return {
    used,
    resetsAtMs: slotEndMs(window, oldest + back),
    usableUntilMs: slotEndMs(window, current + (ahead > 0 ? 1 : 0)),
  };
}

/**
 * What a store answers who asks again: when that was taken is not known any more, so that nothing is to be used in advance.
 *
 * @param answer How full the keys are.
 * @returns The same, usable no longer.
 */
export const notUsable = ({ nowMs, states }: StoreAnswer): StoreAnswer => ({
  nowMs,
  states: states.map((state) => ({ ...state, usableUntilMs: nowMs })),
});

const full = (of: string, most: number): GatewayError =>
  new GatewayError(
    "BUDGET_STORE_FULL",
    `Cannot count another request: budgets are kept in memory for at most ${most.toLocaleString("en")} ${of} at once`,
  );

function settledAmount(amounts: Settlement["amounts"], key: string, before: number): number {
  if (amounts === null) return 0;
  return Object.hasOwn(amounts, key) ? (amounts[key] ?? before) : before;
}
