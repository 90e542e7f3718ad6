/** Gives out pieces with time between them; the first is ready at once. Ending it early ends the waiting. */
class PacedBody implements AsyncIterableIterator<Uint8Array> {
  readonly #pieces: readonly Uint8Array[];
  readonly #delayMs: number;
  #at = 0;
  #isOver = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wake: (() => void) | undefined;

  constructor(pieces: readonly Uint8Array[], delayMs: number) {
    this.#pieces = pieces;
    this.#delayMs = delayMs;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array>> {
    if (this.#at > 0 && this.#at < this.#pieces.length && !this.#isOver) await this.#wait();
    const value = this.#isOver ? undefined : this.#pieces[this.#at++];
    return value === undefined ? { done: true, value: undefined } : { done: false, value };
  }

  /** Not that of a generator, which would wait for the piece that is due. */
  return(): Promise<IteratorResult<Uint8Array>> {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#wake?.();
    return Promise.resolve({ done: true, value: undefined });
  }

  #wait(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      this.#timer = setTimeout(resolve, this.#delayMs);
    });
  }
}

/**
 * Makes a body whose pieces come one by one.
 *
 * @param pieces The pieces.
 * @param delayMs Time between two of them, in milliseconds.
 * @returns To be iterated once; `return()` ends it at once, even while a piece is waited for.
 */
export const pacedBody = (pieces: readonly Uint8Array[], delayMs: number): AsyncIterableIterator<Uint8Array> =>
  new PacedBody(pieces, delayMs);
