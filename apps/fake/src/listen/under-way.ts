const POLL_MS = 10;

/** Counts the answers that are under way. */
export class UnderWay {
  #count = 0;

  /** Call it when a request begins. */
  begin(): void {
    this.#count++;
  }

  /** Call it when its answer was handed over whole, or nobody waits for it any more. */
  end(): void {
    this.#count--;
  }

  /** Call it in place of {@link end} where the answer is still being written; destroys its source where that fails. */
  endAfter(writing: Promise<void> | undefined, source: { destroy(): unknown }): void {
    if (writing === undefined) {
      this.end();
      return;
    }
    const end = (): void => this.end();
    writing.catch(() => source.destroy()).then(end, end);
  }

  /** Waits until nothing is under way, for so many milliseconds at most. */
  async settled(graceMs: number): Promise<void> {
    for (let waited = 0; this.#count > 0 && waited < graceMs; waited += POLL_MS) await delay(POLL_MS);
    // What was handed over last may still be on its way out.
    await delay(POLL_MS);
  }
}

const delay = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
