import { Buffer } from "node:buffer";

/** A piece takes some two hundred bytes beside its own: so many small ones are joined. */
const JOINED_PIECES = 256;
const SMALL_BYTES = 1_024;

/** Bytes that came in pieces. However small those are, they take little more memory than their bytes. */
export class ByteList {
  #pieces: Uint8Array[] = [];
  /** How many of the last pieces are small and not yet joined. */
  #small = 0;
  #length = 0;

  /** How many bytes there are. */
  get length(): number {
    return this.#length;
  }

  /** Puts a piece at the end. It is kept, not copied. */
  push(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
    if (piece.length >= SMALL_BYTES) this.#small = 0;
    else if (++this.#small === JOINED_PIECES) {
      this.#pieces.push(Buffer.concat(this.#pieces.splice(-JOINED_PIECES)));
      this.#small = 0;
    }
  }

  /** All of them in one piece. The only piece is given as it is. */
  join(): Uint8Array {
    const [first] = this.#pieces;
    return this.#pieces.length === 1 && first !== undefined ? first : Buffer.concat(this.#pieces, this.#length);
  }
}
