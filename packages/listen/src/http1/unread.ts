import { Buffer } from "node:buffer";

const NO_BYTES = /* @__PURE__ */ Buffer.alloc(0);

/** Bytes of a connection that were received and not yet read. However small the pieces, none is copied more than twice. */
export class Unread {
  #bytes: Buffer = NO_BYTES;
  /** Where the bytes stand in a buffer of our own, which has room behind them. */
  #room: Buffer | undefined;

  get length(): number {
    return this.#bytes.length;
  }

  /** What is there; not kept by whoever reads it beyond the next {@link Unread.skip} or {@link Unread.takeAll}. */
  get bytes(): Buffer {
    return this.#bytes;
  }

  /** Puts bytes at the end. They are kept where they are the only ones, and copied otherwise. */
  push(chunk: Buffer): void {
    const { length } = this.#bytes;
    if (length === 0) {
      this.#bytes = chunk;
      this.#room = undefined;
      return;
    }
    const total = length + chunk.length;
    let start = this.#room === undefined ? 0 : this.#bytes.byteOffset - this.#room.byteOffset;
    if (this.#room === undefined || start + total > this.#room.length) {
      const room = Buffer.allocUnsafeSlow(2 * total);
      room.set(this.#bytes);
      this.#room = room;
      start = 0;
    }
    this.#room.set(chunk, start + length);
    this.#bytes = this.#room.subarray(start, start + total);
  }

  /** Lets go of so many at the front. */
  skip(count: number): void {
    this.#bytes = count === this.#bytes.length ? NO_BYTES : this.#bytes.subarray(count);
  }

  /** Takes all of them. */
  takeAll(): Buffer {
    const taken = this.#bytes;
    this.#bytes = NO_BYTES;
    return taken;
  }

  /** Forgets what is there. */
  clear(): void {
    this.#bytes = NO_BYTES;
    this.#room = undefined;
  }
}
