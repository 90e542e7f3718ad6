/** The most bytes that are allocated at once. */
const BLOCK_BYTES = 1_048_576;
/** Bytes of the first block: many a fake answers one test, and a large block would cost it more than all that it does. */
const FIRST_BLOCK_BYTES = 16_384;

/** Shorter ones are always copied: what is allocated for each would weigh more. */
const UNCOPIED_BYTES = 4_096;

/**
 * Keeps the beginnings of bodies, those that are short or shared in large blocks: a thousand small buffers that live for a while
 * cost a garbage collector far more than a copy does. What is kept is dropped in the order in which it came, so that whole blocks
 * become free.
 */
export class BodyStore {
  #block = new Uint8Array(0);
  #used = 0;

  /**
   * Keeps the beginning of a body: a copy, of which the body is not kept alive.
   *
   * @param body The body.
   * @param maxBytes The most that is kept.
   * @param isUnshared Whether nobody else holds the body: a long one, of which all is kept, is kept itself then.
   */
  keep(body: Uint8Array, maxBytes: number, isUnshared = false): Uint8Array {
    const length = Math.min(body.length, Math.max(0, maxBytes));
    if (isUnshared && length === body.length && isWorthKeeping(body)) return body;
    const source = length === body.length ? body : body.subarray(0, length);
    // Half a block or more would waste what is left of the one before.
    if (length > BLOCK_BYTES / 2) return new Uint8Array(source);
    if (this.#used + length > this.#block.length) {
      this.#block = new Uint8Array(
        Math.min(BLOCK_BYTES, Math.max(FIRST_BLOCK_BYTES, 2 * this.#block.length, 2 * length)),
      );
      this.#used = 0;
    }
    const kept = this.#block.subarray(this.#used, this.#used + length);
    kept.set(source);
    this.#used += length;
    return kept;
  }

  /** Drops the current block. */
  clear(): void {
    this.#block = new Uint8Array(0);
    this.#used = 0;
  }
}

/** Whether the memory under a body is little more than the body: what was received with it is kept alive, too. */
const isWorthKeeping = ({ length, buffer }: Uint8Array): boolean =>
  length >= UNCOPIED_BYTES && buffer.byteLength <= 1.25 * length;
