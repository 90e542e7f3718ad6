import { formatSseEvent, type SseEventFields } from "./format-sse-event.ts";
import { WebTransformStream } from "../web-transform-stream.ts";

/**
 * Turns server-sent events into bytes, one chunk an event.
 *
 * @example Usage
 * ```ts
 * import { SseEncoderStream } from "@claude-on-aws/streaming/sse";
 * import { equal } from "node:assert/strict";
 *
 * const events = new ReadableStream({
 *   start(controller) {
 *     controller.enqueue({ event: "ping", data: "{}" });
 *     controller.close();
 *   },
 * });
 *
 * equal(await new Response(events.pipeThrough(new SseEncoderStream())).text(), "event: ping\ndata: {}\n\n");
 * ```
 *
 * @see {@link formatSseEvent} for the errors, and for the same without streams.
 */
export class SseEncoderStream extends WebTransformStream<SseEventFields, Uint8Array> {
  constructor() {
    const utf8 = new TextEncoder();
    super({
      transform(event, controller) {
        controller.enqueue(utf8.encode(formatSseEvent(event)));
      },
    });
  }
}
