/** Something that is held until it is let go of. */
export interface Hold {
  readonly released: Promise<void>;
  readonly release: () => void;
}

/** Everything of a fake that waits for its client to leave. */
export class Held {
  readonly #releases = new Set<() => void>();

  /**
   * Holds something until it is let go of, all is, or a client has left.
   *
   * @param signal Aborted once the client has left.
   */
  hold(signal?: AbortSignal): Hold {
    const { promise, resolve } = Promise.withResolvers<void>();
    const release = (): void => {
      this.#releases.delete(release);
      signal?.removeEventListener("abort", release);
      resolve();
    };
    if (signal?.aborted === true) resolve();
    else {
      this.#releases.add(release);
      signal?.addEventListener("abort", release);
    }
    return { released: promise, release };
  }

  /** Lets go of all. */
  releaseAll(): void {
    for (const release of this.#releases) release();
  }
}
