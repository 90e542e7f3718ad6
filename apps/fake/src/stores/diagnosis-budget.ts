/**
 * How many diagnoses may still be made in the second of the clock that is now: a flood of wrong signatures must not hold
 * up everybody else.
 */
export class DiagnosisBudget {
  readonly #maxPerSecond: number;
  #second = Number.NaN;
  #count = 0;

  /** @param maxPerSecond How many diagnoses are made in a second. */
  constructor(maxPerSecond: number) {
    this.#maxPerSecond = maxPerSecond;
  }

  /** Whether one more diagnosis may be made, and counts it where it may. */
  take(now: Date): boolean {
    const second = Math.floor(now.getTime() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#count = 0;
    }
    if (this.#count >= this.#maxPerSecond) return false;
    this.#count++;
    return true;
  }
}
