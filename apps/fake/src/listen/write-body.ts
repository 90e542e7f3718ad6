import type { Writable } from "node:stream";
import type { WireReply } from "../terms/wire.ts";
import { gather } from "./gather.ts";

/**
 * Writes a body and ends the stream; waits where the client reads slowly,
 * stops where it is gone.
 *
 * @returns Nothing where all was written at once, otherwise what to wait for.
 */
export function writeBody(stream: Writable, body: WireReply["body"]): Promise<void> | undefined {
  if (body instanceof Uint8Array) {
    stream.end(body);
    return undefined;
  }
  if (!(Symbol.iterator in body)) return writeAll(stream, body);
  const gathered = gather(body);
  const first = gathered.next();
  const second = gathered.next();
  if (second.done === true) {
    stream.end(first.value);
    return undefined;
  }
  return writeAll(stream, gathered, [first.value ?? new Uint8Array(), second.value]);
}

async function writeAll(
  stream: Writable,
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  before: readonly Uint8Array[] = [],
): Promise<void> {
  const iterator = Symbol.asyncIterator in pieces ? pieces[Symbol.asyncIterator]() : pieces[Symbol.iterator]();
  // A source that waits for its next piece is told at once, and not when that piece is due.
  const stop = (): void => void Promise.resolve(iterator.return?.()).catch(() => {});
  stream.once("close", stop);
  for (const piece of before) if (!stream.write(piece)) await drained(stream);
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
    if (stream.destroyed) return;
    if (!stream.write(next.value)) await drained(stream);
  }
  stream.off("close", stop);
  stream.end();
}

function drained(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    // What was destroyed before tells nobody any more.
    if (stream.destroyed) return resolve();
    const done = (): void => {
      stream.off("drain", done);
      stream.off("close", done);
      resolve();
    };
    stream.once("drain", done);
    stream.once("close", done);
  });
}
