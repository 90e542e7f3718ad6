import type { Readable } from "node:stream";

/** How long the rest of a body that is too large is still taken in, so that the client gets to read the answer. */
const DRAIN_MS = 5_000;

/**
 * Reads a body to its end.
 *
 * @param stream What carries it.
 * @param maxBytes The most that is kept.
 * @returns `undefined` where there was more; the rest is thrown away for a while, then the stream is destroyed.
 * @throws Whatever the stream fails with, as when a client hangs up.
 */
export function readBody(stream: Readable, maxBytes: number): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    // Let go of as soon as it is settled: a stream lives, with its listeners, until its answer was written.
    let reading: Reading | undefined = { chunks: [], length: 0, resolve, reject };
    const fail = (error: Error): void => {
      reading?.reject(error);
      reading = undefined;
    };
    stream.on("data", (chunk: Buffer) => {
      if (reading === undefined) return;
      reading.length += chunk.length;
      if (reading.length <= maxBytes) {
        reading.chunks.push(chunk);
        return;
      }
      reading.resolve(undefined);
      reading = undefined;
      setTimeout(() => stream.destroy(), DRAIN_MS).unref();
    });
    stream.on("end", () => {
      if (reading === undefined) return;
      const { chunks, length } = reading;
      reading.resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length));
      reading = undefined;
    });
    stream.on("error", fail);
    stream.on("close", () => {
      // An error takes a stack trace with it: made only where something is wrong.
      if (reading !== undefined) fail(new Error("The client closed the stream before the body was complete"));
    });
  });
}

/** A body that is being read, and who waits for it. */
interface Reading {
  readonly chunks: Buffer[];
  /** Bytes that came, those that are not kept too. */
  length: number;
  readonly resolve: (body: Uint8Array | undefined) => void;
  readonly reject: (error: Error) => void;
}
