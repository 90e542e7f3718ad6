import type { Settlement } from "../store/budget-store.ts";
import type { StoreWatch } from "./store-watch.ts";
import type { Timing } from "./timing.ts";

/** Most settlements that wait for the store; of what comes beyond, all that was taken stays counted. */
const MOST_WAITING = 100_000;
const MOST_AT_ONCE = 200;
const RETRY_AFTER_MS = 1_000;

/**
 * Writes what was used, and what goes on living, in as few statements as there is time for: one is under way, what comes meanwhile
 * goes with the next. What the store did not take is tried again.
 */
export class Outbox {
  readonly #watch: StoreWatch;
  readonly #timing: Timing;
  readonly #lifetimeMs: number;
  #settlements = new Map<string, Settlement>();
  #renewals = new Set<string>();
  #flushing: Promise<void> | undefined;
  #cancelRetry: (() => void) | undefined;

  constructor(watch: StoreWatch, timing: Timing, lifetimeMs: number) {
    this.#watch = watch;
    this.#timing = timing;
    this.#lifetimeMs = lifetimeMs;
  }

  /** How much waits. */
  get size(): number {
    return this.#settlements.size + this.#renewals.size;
  }

  /** Writes a settlement; resolves when it is written, or waits to be tried again. The last one of an id counts. */
  async settle(settlement: Settlement): Promise<void> {
    if (settlement.isFinal) this.#renewals.delete(settlement.id);
    if (this.#settlements.size >= MOST_WAITING && !this.#settlements.has(settlement.id)) return;
    this.#settlements.set(settlement.id, settlement);
    await this.flush();
  }

  /** Keeps an id from expiring. */
  renew(id: string): void {
    if (this.#renewals.size >= MOST_WAITING) return;
    this.#renewals.add(id);
    void this.flush();
  }

  /** Writes what waits; resolves when that is done, or is not possible. */
  async flush(): Promise<void> {
    while (this.#flushing !== undefined) await this.#flushing;
    if (this.size === 0) return;
    this.#flushing = this.#write();
    try {
      await this.#flushing;
    } finally {
      this.#flushing = undefined;
    }
  }

  close(): void {
    this.#cancelRetry?.();
  }

  async #write(): Promise<void> {
    while (this.size > 0) {
      const settlements = [...this.#settlements.values()].slice(0, MOST_AT_ONCE);
      const renewals = [...this.#renewals].slice(0, MOST_AT_ONCE);
      try {
        if (settlements.length > 0) await this.#watch.ask(async (store) => store.settle(settlements));
        for (const settlement of settlements) {
          if (this.#settlements.get(settlement.id) === settlement) this.#settlements.delete(settlement.id);
        }
        if (renewals.length > 0) await this.#watch.ask(async (store) => store.renew(renewals, this.#lifetimeMs));
        for (const id of renewals) this.#renewals.delete(id);
      } catch {
        this.#retryLater();
        return;
      }
    }
  }

  #retryLater(): void {
    this.#cancelRetry ??= this.#timing.after(RETRY_AFTER_MS, () => {
      this.#cancelRetry = undefined;
      void this.flush();
    });
  }
}
