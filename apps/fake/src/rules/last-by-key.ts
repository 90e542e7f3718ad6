/** The last values of each key, a bounded number of them over all keys. */
export class LastByKey<Value> {
  readonly #max: number;
  readonly #maxOfKey: number;
  /** The key that was not added to for the longest comes first. */
  readonly #values = new Map<string, readonly Value[]>();
  #size = 0;

  /**
   * @param max How many values are remembered.
   * @param maxOfKey How many of one key.
   */
  constructor(max: number, maxOfKey: number) {
    this.#max = max;
    this.#maxOfKey = maxOfKey;
  }

  /** How many values are remembered. */
  get size(): number {
    return this.#size;
  }

  /** The last values of a key, oldest first. */
  get(key: string): readonly Value[] {
    return this.#values.get(key) ?? [];
  }

  /** Remembers a value; the oldest of its key is forgotten, or the key that was not added to for the longest. */
  add(key: string, value: Value): void {
    const before = this.get(key);
    const values = [...before, value].slice(-this.#maxOfKey);
    this.#values.delete(key);
    this.#values.set(key, values);
    this.#size += values.length - before.length;
    for (const [oldest, forgotten] of this.#values) {
      if (this.#size <= this.#max) return;
      this.#values.delete(oldest);
      this.#size -= forgotten.length;
    }
  }
}
