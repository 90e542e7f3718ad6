import { Buffer } from "node:buffer";

/** A write for each piece would cost more than all else: those that are ready at once go out together, up to this. */
const GATHERED_BYTES = 65_536;

/**
 * Joins pieces that are ready at once.
 *
 * @yields Pieces of 64 KiB or a little more, and what is left.
 */
export function* gather(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  for (const piece of pieces) {
    waiting.push(piece);
    bytes += piece.length;
    if (bytes < GATHERED_BYTES) continue;
    yield join(waiting, bytes);
    waiting = [];
    bytes = 0;
  }
  if (bytes > 0) yield join(waiting, bytes);
}

/** All pieces in one. The only piece is given as it is. */
export function join(pieces: readonly Uint8Array[], bytes: number = byteLength(pieces)): Uint8Array {
  return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces, bytes);
}

/** How many bytes pieces have. */
export function byteLength(pieces: readonly Uint8Array[]): number {
  let bytes = 0;
  for (const { length } of pieces) bytes += length;
  return bytes;
}
