import { encodeMessageWithin } from "./encode-message.ts";
import type { EventStreamLimits } from "./event-stream-limits.ts";
import type { EventStreamMessage } from "./event-stream-message.ts";
import { resolveLimits } from "./prelude.ts";
import { WebTransformStream } from "../web-transform-stream.ts";

/** Options for {@link EventStreamEncoderStream}. */
export interface EventStreamEncoderOptions extends EventStreamLimits {}

/**
 * Turns event-stream messages into bytes, one chunk a message.
 *
 * @example Usage
 * ```ts
 * import { EventStreamDecoderStream, EventStreamEncoderStream } from "@claude-on-aws/streaming/event-stream";
 * import { equal } from "node:assert/strict";
 *
 * const messages = new ReadableStream({
 *   start(controller) {
 *     controller.enqueue({ headers: {}, payload: new Uint8Array([7]) });
 *     controller.close();
 *   },
 * });
 * const bytes = messages.pipeThrough(new EventStreamEncoderStream());
 * for await (const { payload } of bytes.pipeThrough(new EventStreamDecoderStream())) equal(payload[0], 7);
 * ```
 *
 * @see {@link encodeMessage} for the errors, and for the same without streams.
 */
export class EventStreamEncoderStream extends WebTransformStream<EventStreamMessage, Uint8Array> {
  constructor(options?: EventStreamEncoderOptions) {
    const { maxMessageBytes, maxHeadersBytes } = resolveLimits(options);
    super({
      transform(message, controller) {
        controller.enqueue(encodeMessageWithin(message, maxMessageBytes, maxHeadersBytes));
      },
    });
  }
}
