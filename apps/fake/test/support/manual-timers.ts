import { setImmediate } from "node:timers/promises";
import type { FakeTimers } from "../../src/settings/fake-timers.ts";

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** Timers whose clock stands until it is moved. */
export class ManualTimers implements FakeTimers {
  #now = 0;
  readonly #timers = new Set<Timer>();

  readonly now = (): number => this.#now;

  readonly setTimeout = (callback: () => void, delayMs: number): Timer => {
    const timer = { at: this.#now + delayMs, callback };
    this.#timers.add(timer);
    return timer;
  };

  readonly clearTimeout = (timer: unknown): void => void this.#timers.delete(timer as Timer);

  /** How many wait. */
  get waiting(): number {
    return this.#timers.size;
  }

  /** Moves the clock from timer to timer until something has come; a request is signed before it waits for anything. */
  async runUntil<Result>(result: Promise<Result>): Promise<Result> {
    let isOver = false;
    const watched = result.finally(() => (isOver = true));
    const over = (): boolean => isOver;
    while (!over()) {
      this.#callNext();
      await setImmediate();
    }
    return watched;
  }

  #callNext(): void {
    if (this.#timers.size === 0) return;
    this.#now = [...this.#timers].reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY);
    for (const timer of [...this.#timers].filter(({ at }) => at <= this.#now)) {
      this.#timers.delete(timer);
      timer.callback();
    }
  }
}
