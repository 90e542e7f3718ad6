import { MAX_DELAY_MS } from "../input/max-delay.ts";
import type { FakeTimers } from "../settings/fake-timers.ts";
import { Held } from "./faults/held.ts";

/** Everything that waits before it is answered. */
export class Waiting {
  readonly #timers: FakeTimers;
  /** What waits, and what stalls. */
  readonly held: Held = new Held();

  /** @param timers What it waits by. */
  constructor(timers: FakeTimers) {
    this.#timers = timers;
  }

  /**
   * Waits. Nobody waits for a client that has left.
   *
   * @param delayMs How long, in milliseconds.
   * @param signal Aborted once the client has left.
   */
  async wait(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted === true) return;
    const { released, release } = this.held.hold(signal);
    const timer = this.#timers.setTimeout(release, Math.min(delayMs, MAX_DELAY_MS));
    await released;
    this.#timers.clearTimeout(timer);
  }

  /** Ends all waiting. */
  release(): void {
    this.held.releaseAll();
  }
}
