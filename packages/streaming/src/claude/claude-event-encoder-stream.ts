import type { ClaudeEvent } from "./claude-event.ts";
import { ConverseEncoder } from "./converse-encoder.ts";
import { encodeClaudeEvent } from "./encode-claude-event.ts";
import { formatClaudeEvent } from "./format-claude-event.ts";
import { WebTransformStream } from "../web-transform-stream.ts";

/** Options for {@link ClaudeEventEncoderStream}. */
export interface ClaudeEventEncoderOptions {
  /** What to write: the Messages API's `sse`, Bedrock's `invoke` chunks, or Bedrock's `converse` events. */
  readonly format: "sse" | "invoke" | "converse";
}

/**
 * Turns Claude's events into the bytes of a response.
 *
 * @example Usage
 * ```ts
 * import { ClaudeEventEncoderStream } from "@claude-on-aws/streaming/claude";
 * import { equal } from "node:assert/strict";
 *
 * const events = new ReadableStream({
 *   start(controller) {
 *     controller.enqueue({ type: "ping" });
 *     controller.close();
 *   },
 * });
 * const body = events.pipeThrough(new ClaudeEventEncoderStream({ format: "sse" }));
 *
 * equal(await new Response(body).text(), 'event: ping\ndata: {"type":"ping"}\n\n');
 * ```
 */
export class ClaudeEventEncoderStream extends WebTransformStream<ClaudeEvent, Uint8Array> {
  /** @param options What to write. */
  constructor({ format }: ClaudeEventEncoderOptions) {
    const utf8 = new TextEncoder();
    const converse = new ConverseEncoder();
    super({
      transform(event, controller) {
        if (format === "sse") controller.enqueue(utf8.encode(formatClaudeEvent(event)));
        else if (format === "invoke") controller.enqueue(encodeClaudeEvent(event));
        else for (const bytes of converse.encode(event)) controller.enqueue(bytes);
      },
    });
  }
}
