import { type FakeTimers, RUNTIME_TIMERS } from "../settings/fake-timers.ts";

/** When each piece is due, in milliseconds since the body was asked for its first one. */
export type DueMs = (index: number) => number;

/** Gives out pieces when they are due. Ending it early ends the waiting. */
class PacedBody implements AsyncIterableIterator<Uint8Array> {
  readonly #pieces: readonly Uint8Array[];
  readonly #dueMs: DueMs;
  readonly #timers: FakeTimers;
  #startedAt: number | undefined;
  #at = 0;
  #isOver = false;
  #timer: unknown;
  #wake: (() => void) | undefined;

  constructor(pieces: readonly Uint8Array[], dueMs: DueMs, timers: FakeTimers) {
    this.#pieces = pieces;
    this.#dueMs = dueMs;
    this.#timers = timers;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array>> {
    this.#startedAt ??= this.#timers.now();
    if (this.#at < this.#pieces.length && !this.#isOver) {
      const wait = this.#startedAt + this.#dueMs(this.#at) - this.#timers.now();
      if (wait > 0) await this.#wait(wait);
    }
    const value = this.#isOver ? undefined : this.#pieces[this.#at++];
    return value === undefined ? { done: true, value: undefined } : { done: false, value };
  }

  /** Not that of a generator, which would wait for the piece that is due. */
  return(): Promise<IteratorResult<Uint8Array>> {
    this.#isOver = true;
    this.#timers.clearTimeout(this.#timer);
    this.#wake?.();
    return Promise.resolve({ done: true, value: undefined });
  }

  #wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      this.#timer = this.#timers.setTimeout(resolve, delayMs);
    });
  }
}

/**
 * Makes a body whose pieces come one by one, by a schedule: a piece that was taken late makes no other late.
 *
 * @param pieces The pieces.
 * @param dueMs When each is due.
 * @param timers What measures time.
 * @returns To be iterated once; `return()` ends it at once, even while a piece is waited for.
 */
export const pacedBody = (
  pieces: readonly Uint8Array[],
  dueMs: DueMs,
  timers: FakeTimers = RUNTIME_TIMERS,
): AsyncIterableIterator<Uint8Array> => new PacedBody(pieces, dueMs, timers);
