import type { FakeTimers } from "../settings/fake-timers.ts";
import { DemandBroken } from "./verdicts.ts";

/** Waits for what a gateway has to do, and not for ever. */
export class Patience {
  readonly #ms: number;
  readonly #timers: FakeTimers;

  /**
   * @param ms How long it waits for one thing, in milliseconds.
   * @param timers What it waits by.
   */
  constructor(ms: number, timers: FakeTimers) {
    this.#ms = ms;
    this.#timers = timers;
  }

  /**
   * Waits.
   *
   * @param happening What is waited for.
   * @param what It in words: "the head of the answer".
   * @param ms How long, in milliseconds; by default as long as for everything.
   * @returns What it came to.
   * @throws {DemandBroken} Where it does not come in time.
   */
  async within<Value>(happening: Promise<Value>, what: string, ms: number = this.#ms): Promise<Value> {
    const { promise, reject } = Promise.withResolvers<never>();
    const timer = this.#timers.setTimeout(() => reject(new DemandBroken(`nothing in ${ms / 1000} s`, what)), ms);
    try {
      return await Promise.race([happening, promise]);
    } finally {
      this.#timers.clearTimeout(timer);
    }
  }
}
