/**
 * Thrown where what a client sent would take more work than anybody's request may. Its message is the words in which the
 * client is refused.
 */
export class WorkExceeded extends Error {
  override name = "WorkExceeded";
}

/** How much a {@link WorkBudget} holds. */
export interface WorkLimits {
  /** Values that are looked at or made; a text counts as one for each 8 of its characters. */
  readonly maxSteps: number;
  /** Levels in which the walk calls itself. */
  readonly maxDepth: number;
  /** What a client is told who asked for more, such as `Schema is too complex`. */
  readonly words: string;
}

/** Characters of a text that count as one step. */
const CHARACTERS_PER_STEP = 8;

/**
 * The work that one request of a client may cause, wherever its length does not bound it: a reference is short, and may stand
 * for as much as one likes. Whoever walks what a client sent takes each step out of one; the pipeline turns what is thrown
 * into a refusal.
 */
export class WorkBudget {
  readonly #limits: WorkLimits;
  #left: number;
  #depth = 0;

  constructor(limits: WorkLimits) {
    this.#limits = limits;
    this.#left = limits.maxSteps;
  }

  /** How many steps were taken. */
  get taken(): number {
    return this.#limits.maxSteps - this.#left;
  }

  /**
   * Takes steps.
   *
   * @throws {WorkExceeded} where that many are not left.
   */
  take(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) this.#refuse();
  }

  /**
   * Does something one level deeper.
   *
   * @throws {WorkExceeded} where that is too deep.
   */
  deeper<T>(work: () => T): T {
    if (this.#depth >= this.#limits.maxDepth) this.#refuse();
    this.#depth++;
    try {
      return work();
    } finally {
      this.#depth--;
    }
  }

  /**
   * Takes the steps that it costs to look at all of a value of JSON, such as to copy, compare or write it.
   *
   * @throws {WorkExceeded} where that many are not left.
   */
  takeAll(value: unknown): void {
    const open: unknown[] = [value];
    while (open.length > 0) {
      const found = open.pop();
      this.take(1);
      if (typeof found === "string") this.take(found.length / CHARACTERS_PER_STEP);
      if (typeof found !== "object" || found === null) continue;
      if (Array.isArray(found)) {
        // All of it before any is looked at: what is too long is not even gathered.
        this.take(found.length);
        for (const item of found) if (typeof item === "string" || typeof item === "object") open.push(item);
        continue;
      }
      for (const name in found) {
        this.take(name.length / CHARACTERS_PER_STEP);
        open.push((found as Readonly<Record<string, unknown>>)[name]);
      }
    }
  }

  #refuse(): never {
    throw new WorkExceeded(this.#limits.words);
  }
}
