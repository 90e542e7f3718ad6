import { readSource, type SourceReader } from "./read-source.ts";
import type { SilenceOptions } from "./stream-timers.ts";

/**
 * Makes a pair of streams of a decoder. A TransformStream of its own would lose, when it fails, what it has found before the
 * error in the same chunk.
 *
 * @param makeReader Makes the decoder, which hands what it finds to `enqueue`.
 * @param options How long the source may be silent.
 * @returns Where the bytes go, and what was found in them.
 */
export function decoderPair<T>(
  makeReader: (enqueue: (value: T) => void) => SourceReader<T>,
  options: SilenceOptions,
): { readonly readable: ReadableStream<T>; readonly writable: WritableStream<Uint8Array> } {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  return { readable: readSource(readable, makeReader, options), writable };
}
