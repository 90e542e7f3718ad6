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
    let chunks: Buffer[] | undefined = [];
    let length = 0;
    let ended = false;
    stream.on("data", (chunk: Buffer) => {
      if (chunks === undefined) return;
      length += chunk.length;
      if (length <= maxBytes) {
        chunks.push(chunk);
        return;
      }
      chunks = undefined;
      resolve(undefined);
      setTimeout(() => stream.destroy(), DRAIN_MS).unref();
    });
    stream.on("end", () => {
      ended = true;
      if (chunks !== undefined) resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length));
    });
    stream.on("error", reject);
    stream.on("close", () => {
      // An error takes a stack trace with it: made only where something is wrong.
      if (!ended) reject(new Error("The client closed the stream before the body was complete"));
    });
  });
}
