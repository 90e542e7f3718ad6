import { readSource, type SourceReader } from "./read-source.ts";
import type { SilenceOptions } from "./stream-timers.ts";

/**
 * A decoder as a pair of streams. A TransformStream of its own would throw away, with an error, what it has found before
 * it in the same chunk.
 */
export function decoderPair<T>(
  makeReader: (enqueue: (value: T) => void) => SourceReader<T>,
  options: SilenceOptions,
): { readonly readable: ReadableStream<T>; readonly writable: WritableStream<Uint8Array> } {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  return { readable: readSource(readable, makeReader, options), writable };
}
