import { StreamError } from "../stream-error.ts";
import { encodeHeaders } from "./encode-headers.ts";
import { MAX_HEADERS_BYTES, MAX_MESSAGE_BYTES } from "./event-stream-limits.ts";
import type { EventStreamMessage } from "./event-stream-message.ts";
import { frameLength } from "./frame-length.ts";
import { endFrame, startFrame } from "./write-frame.ts";

/**
 * Encodes one message: {@link encodeMessage} with limits of the caller's own.
 *
 * @param message Headers and payload.
 * @param maxMessageBytes Largest message in bytes.
 * @param maxHeadersBytes Largest header block in bytes.
 * @returns The bytes of the message.
 * @throws {StreamError} `HEADER_NAME`, `HEADER_TYPE`, `HEADER_VALUE`, `HEADERS_TOO_LARGE` or `FRAME_TOO_LARGE`.
 */
export function encodeMessageWithin(
  { headers, payload }: EventStreamMessage,
  maxMessageBytes: number,
  maxHeadersBytes: number,
): Uint8Array<ArrayBuffer> {
  const block = encodeHeaders(headers);
  if (block.length > maxHeadersBytes) {
    throw new StreamError(
      "HEADERS_TOO_LARGE",
      `Cannot encode message: its headers are ${block.length} bytes, expected at most ${maxHeadersBytes}`,
    );
  }
  const bytes = new Uint8Array(frameLength(block.length, payload.length, maxMessageBytes));
  const payloadStart = startFrame(bytes, 0, block, payload.length);
  bytes.set(payload, payloadStart);
  endFrame(bytes, 0, payloadStart + payload.length);
  return bytes;
}

/**
 * Encodes one message, with its lengths and checksums.
 *
 * @example A chunk as Bedrock sends it
 * ```ts
 * import { encodeMessage } from "@claude-on-aws/streaming/event-stream";
 * import { equal } from "node:assert/strict";
 *
 * const bytes = encodeMessage({
 *   headers: {
 *     ":event-type": { type: "string", value: "chunk" },
 *     ":content-type": { type: "string", value: "application/json" },
 *     ":message-type": { type: "string", value: "event" },
 *   },
 *   payload: new TextEncoder().encode('{"bytes":"e30="}'),
 * });
 *
 * equal(bytes.length, 107);
 * ```
 *
 * @param message Headers, written in the order in which the object lists them, and payload.
 * @returns The bytes of the message.
 * @throws {StreamError} `HEADER_NAME`, `HEADER_TYPE` or `HEADER_VALUE` where a header does not fit its type;
 * `HEADERS_TOO_LARGE` beyond 128 KiB of headers; `FRAME_TOO_LARGE` beyond 24 MiB with 128 KiB of headers.
 *
 * @see {@link https://smithy.io/2.0/aws/amazon-eventstream.html | Amazon Event Stream specification}
 */
export function encodeMessage(message: EventStreamMessage): Uint8Array<ArrayBuffer> {
  return encodeMessageWithin(message, MAX_MESSAGE_BYTES, MAX_HEADERS_BYTES);
}
