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
    const chunks: Buffer[] = [];
    let length = 0;
    stream.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxBytes) {
        chunks.push(chunk);
        return;
      }
      chunks.length = 0;
      resolve(undefined);
      stream.removeAllListeners("data");
      stream.resume();
      setTimeout(() => stream.destroy(), DRAIN_MS).unref();
    });
    stream.once("end", () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length)));
    stream.once("error", reject);
    stream.once("close", () => reject(new Error("The client closed the stream before the body was complete")));
  });
}
