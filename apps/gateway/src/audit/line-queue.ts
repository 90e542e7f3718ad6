/** Bytes that are written at once at most, but for one line that is longer. */
const BATCH_BYTES = 262_144;

const LINE_FEED = 10;

const utf8 = /* @__PURE__ */ new TextEncoder();

/** Lines that wait to be written, of which a target may take any number of bytes at a time. */
export class LineQueue {
  readonly #maxBytes: number;
  #lines: Uint8Array[] = [];
  #bytes = 0;
  /** How much of the first line is written. */
  #offset = 0;
  /** Whether the last line that was begun was given up: the next one does not stand at the beginning of a line. */
  #isLineBroken = false;

  /** @param maxBytes What may wait at most. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** How many lines wait. */
  get length(): number {
    return this.#lines.length;
  }

  /**
   * Puts a line at the end.
   *
   * @param line With its line feed.
   * @returns Whether there was room for it.
   */
  push(line: string): boolean {
    const bytes = utf8.encode(line);
    if (this.#bytes + bytes.length > this.#maxBytes) return false;
    this.#lines.push(bytes);
    this.#bytes += bytes.length;
    return true;
  }

  /** The next bytes to write. */
  peek(): Uint8Array {
    const count = this.#countBatch();
    const lines = this.#lines.slice(0, count);
    const start = this.#isLineBroken ? 1 : 0;
    const batch = new Uint8Array(lines.reduce((sum, { length }) => sum + length, start));
    if (this.#isLineBroken) batch[0] = LINE_FEED;
    let at = start;
    for (const line of lines) {
      batch.set(line, at);
      at += line.length;
    }
    return batch.subarray(this.#offset);
  }

  #countBatch(): number {
    let bytes = 0;
    let count = 0;
    for (const { length } of this.#lines) {
      if (count > 0 && bytes + length > BATCH_BYTES) break;
      bytes += length;
      count += 1;
    }
    return count;
  }

  /**
   * Takes away what was written, a number of bytes of what {@link LineQueue.peek} gave.
   *
   * @returns How many lines are whole with that.
   */
  advance(written: number): number {
    let left = written + this.#offset;
    if (this.#isLineBroken && left > 0) {
      left -= 1;
      this.#isLineBroken = false;
    }
    let whole = 0;
    for (const { length } of this.#lines) {
      if (left < length) break;
      left -= length;
      whole += 1;
    }
    this.#remove(whole);
    this.#offset = left;
    return whole;
  }

  /**
   * Gives up everything that waits.
   *
   * @returns How many lines.
   */
  drop(): number {
    const count = this.#lines.length;
    this.#isLineBroken ||= this.#offset > 0;
    this.#offset = 0;
    this.#remove(count);
    return count;
  }

  #remove(count: number): void {
    for (const { length } of this.#lines.slice(0, count)) this.#bytes -= length;
    this.#lines = this.#lines.slice(count);
  }
}
