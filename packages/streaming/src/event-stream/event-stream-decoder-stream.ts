import { decoderPair } from "../streams/decoder-pair.ts";
import type { SilenceOptions } from "../streams/stream-timers.ts";
import { EventStreamDecoder, type EventStreamDecoderOptions } from "./event-stream-decoder.ts";
import type { EventStreamMessage } from "./event-stream-message.ts";

/** Options for {@link EventStreamDecoderStream}. */
export interface EventStreamDecoderStreamOptions extends EventStreamDecoderOptions, SilenceOptions {}

/**
 * Turns bytes into event-stream messages, however the bytes are cut. The stream fails where a message is
 * broken, and where the bytes end inside one.
 *
 * @example Usage
 * ```ts
 * import { encodeMessage, EventStreamDecoderStream } from "@claude-on-aws/streaming/event-stream";
 * import { equal } from "node:assert/strict";
 *
 * const body = new Response(encodeMessage({ headers: {}, payload: new Uint8Array(3) })).body!;
 * let count = 0;
 * for await (const { payload } of body.pipeThrough(new EventStreamDecoderStream())) count += payload.length;
 *
 * equal(count, 3);
 * ```
 *
 * @see {@link EventStreamDecoder} for the errors, and for the same without streams.
 */
export class EventStreamDecoderStream implements TransformStream<Uint8Array, EventStreamMessage> {
  /** The messages. Those before an error are read before the error. */
  readonly readable: ReadableStream<EventStreamMessage>;
  /** Where the bytes go; it takes more only as the messages are read. */
  readonly writable: WritableStream<Uint8Array>;

  /** @param options Limits, and how long the bytes may be silent. */
  constructor({ idleTimeoutMs, timers, ...options }: EventStreamDecoderStreamOptions = {}) {
    const pair = decoderPair<EventStreamMessage>((enqueue) => new EventStreamDecoder(enqueue, options), {
      idleTimeoutMs,
      timers,
    });
    this.readable = pair.readable;
    this.writable = pair.writable;
  }
}
