/**
 * How many diagnoses may still be made within the current second of the clock: a flood of wrong signatures must not hold
 * up everybody else.
 */
export class DiagnosisBudget {
  readonly #maxPerSecond: number;
  readonly #maxBodyBytes: number;
  #second = Number.NaN;
  #count = 0;

  /**
   * @param maxPerSecond How many diagnoses are made in a second.
   * @param maxBodyBytes A longer body is not hashed once more only to say why its signature is wrong.
   */
  constructor(maxPerSecond: number, maxBodyBytes: number = 1_048_576) {
    this.#maxPerSecond = maxPerSecond;
    this.#maxBodyBytes = maxBodyBytes;
  }

  /** Whether one more diagnosis may be made, of a request with so long a body, and counts it where it may. */
  take(now: Date, bodyBytes: number): boolean {
    if (bodyBytes > this.#maxBodyBytes) return false;
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
