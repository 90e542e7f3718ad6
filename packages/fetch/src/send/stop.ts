/** What ends an exchange: told at once to whoever listens. */
export interface StopSignal {
  /** Whether it has ended. */
  readonly isStopped: boolean;
  /** Why it has ended. */
  readonly reason: unknown;
  /** The same as an `AbortSignal`, made when it is asked for. */
  readonly signal: AbortSignal;
  /**
   * Listens for the end, of what has not ended yet.
   *
   * @param listener Called once.
   * @returns Stops listening.
   */
  readonly listen: (listener: () => void) => () => void;
}

/** An `AbortController` without its events, which cost more than everything else of a short request. */
export class Stop implements StopSignal {
  #isStopped = false;
  #reason: unknown;
  /** In a list: there are few, and a set has to hash each. */
  #listeners: (() => void)[] = [];
  #controller: AbortController | undefined;

  get isStopped(): boolean {
    return this.#isStopped;
  }

  get reason(): unknown {
    return this.#reason;
  }

  /** The same for what takes nothing else; made when it is asked for. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#isStopped) this.#controller.abort(this.#reason);
    return this.#controller.signal;
  }

  listen(listener: () => void): () => void {
    this.#listeners.push(listener);
    return () => {
      const at = this.#listeners.indexOf(listener);
      if (at >= 0) this.#listeners.splice(at, 1);
    };
  }

  /** Ends it; what is ended already, stays ended for its first reason. */
  stop(reason: unknown): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#reason = reason;
    this.#controller?.abort(reason);
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const listener of listeners) listener();
  }
}
