import { MAX_DELAY_MS } from "../input/max-delay.ts";
import type { FakeTimers } from "../settings/fake-timers.ts";

/** Everything that waits before it is answered. */
export class Waiting {
  readonly #timers: FakeTimers;
  readonly #releases = new Set<() => void>();

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
  wait(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const release = (): void => {
        this.#timers.clearTimeout(timer);
        this.#releases.delete(release);
        signal?.removeEventListener("abort", release);
        resolve();
      };
      const timer = this.#timers.setTimeout(release, Math.min(delayMs, MAX_DELAY_MS));
      this.#releases.add(release);
      signal?.addEventListener("abort", release);
    });
  }

  /** Ends all waiting. */
  release(): void {
    for (const release of this.#releases) release();
  }
}
