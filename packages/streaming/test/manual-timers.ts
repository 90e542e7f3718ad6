import type { StreamTimers } from "../src/claude/index.ts";

/** Timers whose time passes only when told. */
export class ManualTimers implements StreamTimers {
  #now = 0;
  #pending: { readonly at: number; readonly callback: () => void }[] = [];

  readonly setTimeout = (callback: () => void, delayMs: number): unknown => {
    const timer = { at: this.#now + delayMs, callback };
    this.#pending.push(timer);
    return timer;
  };

  readonly clearTimeout = (handle: unknown): void => {
    this.#pending = this.#pending.filter((timer) => timer !== handle);
  };

  /** How many are waited for. */
  get pending(): number {
    return this.#pending.length;
  }

  /** Lets so much time pass. */
  advance(delayMs: number): void {
    this.#now += delayMs;
    const due = this.#pending.filter(({ at }) => at <= this.#now);
    this.#pending = this.#pending.filter(({ at }) => at > this.#now);
    for (const { callback } of due) callback();
  }
}
