import { StreamError } from "../stream-error.ts";
import { crc32, crc32Portable } from "./crc32.ts";
import { encodeHeaders } from "./encode-headers.ts";
import { FRAME_OVERHEAD_BYTES, MAX_HEADERS_BYTES, MAX_MESSAGE_BYTES, PRELUDE_BYTES } from "./event-stream-limits.ts";
import type { EventStreamMessage } from "./event-stream-message.ts";
import { writeUint32 } from "./prelude.ts";

/** The first view of a new array costs Bun more than the tables need for so many bytes. */
const NATIVE_FROM_BYTES = 512;

/** Encodes a message that may be as large as said; {@link encodeMessage} with the limits of AWS. */
export function encodeMessageWithin(
  { headers, payload }: EventStreamMessage,
  maxMessageBytes: number,
  maxHeadersBytes: number,
): Uint8Array<ArrayBuffer> {
  const block = encodeHeaders(headers);
  const headersBytes = block.length;
  if (headersBytes > maxHeadersBytes) {
    throw new StreamError(
      "HEADERS_TOO_LARGE",
      `Cannot encode message: its headers are ${headersBytes} bytes, expected at most ${maxHeadersBytes}`,
    );
  }
  const messageBytes = headersBytes + payload.length + FRAME_OVERHEAD_BYTES;
  if (messageBytes > maxMessageBytes) {
    throw new StreamError(
      "FRAME_TOO_LARGE",
      `Cannot encode message: it would be ${messageBytes} bytes, expected at most ${maxMessageBytes}; split its payload over several messages`,
    );
  }
  const bytes = new Uint8Array(messageBytes);
  writeUint32(bytes, 0, messageBytes);
  writeUint32(bytes, 4, headersBytes);
  writeUint32(bytes, 8, crc32Portable(bytes, 0, 8));
  bytes.set(block, PRELUDE_BYTES);
  bytes.set(payload, PRELUDE_BYTES + headersBytes);
  const end = messageBytes - 4;
  writeUint32(bytes, end, end < NATIVE_FROM_BYTES ? crc32Portable(bytes, 0, end) : crc32(bytes, 0, end));
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
