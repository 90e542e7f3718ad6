import type { Writable } from "node:stream";
import type { WireReply } from "../exchange.ts";

/** Writes a body and ends the stream; waits where the client reads slowly, stops where it is gone. */
export async function writeBody(stream: Writable, body: WireReply["body"]): Promise<void> {
  if (body instanceof Uint8Array) {
    stream.end(body);
    return;
  }
  for await (const chunk of Symbol.iterator in body ? gather(body) : body) {
    if (stream.destroyed) return;
    if (!stream.write(chunk)) await drained(stream);
  }
  stream.end();
}

/** Pieces that are ready all at once go out together: a write for each would cost more than all else. */
const GATHERED_BYTES = 65_536;

function* gather(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  for (const piece of pieces) {
    waiting.push(piece);
    bytes += piece.length;
    if (bytes < GATHERED_BYTES) continue;
    yield Buffer.concat(waiting, bytes);
    waiting = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(waiting, bytes);
}

function drained(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off("drain", done);
      stream.off("close", done);
      resolve();
    };
    stream.once("drain", done);
    stream.once("close", done);
  });
}
