import { decoderPair } from "../streams/decoder-pair.ts";
import type { SilenceOptions } from "../streams/stream-timers.ts";
import { SseDecoder, type SseDecoderOptions, type SseEvent } from "./sse-decoder.ts";

/** Options for {@link SseDecoderStream}. */
export interface SseDecoderStreamOptions extends SseDecoderOptions, SilenceOptions {}

/**
 * Turns bytes into server-sent events, however the bytes are cut. The stream fails where an event outgrows its
 * limit, and where the bytes end inside one.
 *
 * @example Usage
 * ```ts
 * import { SseDecoderStream } from "@claude-on-aws/streaming/sse";
 * import { equal } from "node:assert/strict";
 *
 * const body = new Response("event: ping\ndata: {}\n\n").body!;
 * for await (const { event } of body.pipeThrough(new SseDecoderStream())) equal(event, "ping");
 * ```
 *
 * @see {@link SseDecoder} for the errors, and for the same without streams.
 */
export class SseDecoderStream implements TransformStream<Uint8Array, SseEvent> {
  /** The events. Those before an error are read before the error. */
  readonly readable: ReadableStream<SseEvent>;
  /** Where the bytes go; it takes more only as the events are read. */
  readonly writable: WritableStream<Uint8Array>;

  /** @param options Limits, and how long the bytes may be silent. */
  constructor({ idleTimeoutMs, timers, ...options }: SseDecoderStreamOptions = {}) {
    const pair = decoderPair<SseEvent>((enqueue) => new SseDecoder(enqueue, options), { idleTimeoutMs, timers });
    this.readable = pair.readable;
    this.writable = pair.writable;
  }
}
