import { MAX_DELAY_MS } from "../input/max-delay.ts";

/** Everything that waits before it is answered. */
export class Waiting {
  readonly #releases = new Set<() => void>();

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
        clearTimeout(timer);
        this.#releases.delete(release);
        signal?.removeEventListener("abort", release);
        resolve();
      };
      const timer = setTimeout(release, Math.min(delayMs, MAX_DELAY_MS));
      this.#releases.add(release);
      signal?.addEventListener("abort", release);
    });
  }

  /** Ends all waiting. */
  release(): void {
    for (const release of this.#releases) release();
  }
}
