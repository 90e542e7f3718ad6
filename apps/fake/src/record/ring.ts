/** The last values, as many as fit. */
export class Ring<Value> {
  readonly size: number;
  #values: Value[] = [];
  #next = 0;

  /** @param size How many values are kept; none with 0. */
  constructor(size: number) {
    this.size = Math.max(0, size);
  }

  /** Adds a value; the oldest goes where there are too many. */
  add(value: Value): void {
    if (this.size === 0) return;
    this.#values[this.#next] = value;
    this.#next = (this.#next + 1) % this.size;
  }

  /** The values, oldest first. */
  toArray(): Value[] {
    if (this.#values.length < this.size) return [...this.#values];
    return [...this.#values.slice(this.#next), ...this.#values.slice(0, this.#next)];
  }

  /**
   * The newest values, oldest of them first: those before which no other value fails the test.
   *
   * @param isWanted Asked of the newest first, until it says no.
   */
  newest(isWanted: (value: Value) => boolean): Value[] {
    const found: Value[] = [];
    for (let back = 1; back <= this.#values.length; back++) {
      const value = this.#values[(this.#next - back + this.size) % this.size] as Value;
      if (!isWanted(value)) break;
      found.push(value);
    }
    return found.toReversed();
  }

  /** The value that goes next; `undefined` where there is none. */
  get oldest(): Value | undefined {
    return this.#values[this.#values.length < this.size ? 0 : this.#next];
  }

  /** How many values are kept. */
  get length(): number {
    return this.#values.length;
  }

  clear(): void {
    this.#values = [];
    this.#next = 0;
  }
}
