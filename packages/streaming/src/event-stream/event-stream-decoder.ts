import type { EventStreamLimits } from "./event-stream-limits.ts";
import type { EventStreamMessage } from "./event-stream-message.ts";
import { FrameReader } from "./frame-reader.ts";

/** Options for {@link EventStreamDecoder}. */
export interface EventStreamDecoderOptions extends EventStreamLimits {}

/**
 * Finds the messages in bytes as they come, however they are cut. Synchronous: each message is handed over
 * before `feed` returns.
 *
 * Both checksums are verified, and the lengths before the rest of a message has arrived. Messages whose header
 * blocks are the same share one frozen `headers` object.
 *
 * @example Usage
 * ```ts
 * import { encodeMessage, EventStreamDecoder } from "@claude-on-aws/streaming/event-stream";
 * import { deepEqual } from "node:assert/strict";
 *
 * const bytes = encodeMessage({
 *   headers: { ":event-type": { type: "string", value: "chunk" } },
 *   payload: new TextEncoder().encode("{}"),
 * });
 * const types: unknown[] = [];
 * const decoder = new EventStreamDecoder(({ headers }) => types.push(headers[":event-type"]?.value));
 * decoder.feed(bytes.subarray(0, 20));
 * decoder.feed(bytes.subarray(20));
 * decoder.end();
 *
 * deepEqual(types, ["chunk"]);
 * ```
 *
 * @see {@link https://smithy.io/2.0/aws/amazon-eventstream.html | Amazon Event Stream specification}
 */
export class EventStreamDecoder {
  readonly #reader: FrameReader;

  /**
   * @param onMessage Called with each message, in order. What it throws comes out of `feed`, and ends the decoder.
   * @param options Limits.
   */
  constructor(onMessage: (message: EventStreamMessage) => void, options?: EventStreamDecoderOptions) {
    this.#reader = new FrameReader((headers, bytes, start, end, borrowed) => {
      const payload = new Uint8Array(bytes.buffer, bytes.byteOffset + start, end - start);
      onMessage({ headers, payload: borrowed ? payload.slice() : payload });
    }, options);
  }

  /** Bytes of an unfinished message that are held; never more than `maxMessageBytes`. */
  get bufferedBytes(): number {
    return this.#reader.bufferedBytes;
  }

  /**
   * Takes the next bytes. A payload may be a view of them, so do not write to them afterwards.
   *
   * @param bytes Any number of bytes.
   * @throws {StreamError} `FRAME_LENGTH`, `FRAME_TOO_LARGE`, `HEADERS_TOO_LARGE`, `PRELUDE_CRC`, `MESSAGE_CRC`,
   * `HEADER_NAME`, `HEADER_TYPE` or `HEADER_VALUE`. Once thrown, each further call throws it again: after a
   * broken frame nothing says where the next one begins.
   */
  feed(bytes: Uint8Array): void {
    this.#reader.feed(bytes);
  }

  /**
   * Says that no more bytes will come.
   *
   * @throws {StreamError} `FRAME_TRUNCATED` where a message is unfinished; or what `feed` threw.
   */
  end(): void {
    this.#reader.end();
  }
}
