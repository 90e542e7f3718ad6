/** Counts the bytes that are held, up to a limit. */
export class ByteBudget {
  readonly #maxBytes: number;
  #taken = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** How many bytes are held. */
  get taken(): number {
    return this.#taken;
  }

  /** Takes bytes; `false` where that many are not left. */
  take(bytes: number): boolean {
    if (this.#taken + bytes > this.#maxBytes) return false;
    this.#taken += bytes;
    return true;
  }

  /** Gives bytes back. */
  give(bytes: number): void {
    this.#taken = Math.max(0, this.#taken - bytes);
  }

  /** Gives everything back. */
  reset(): void {
    this.#taken = 0;
  }
}
