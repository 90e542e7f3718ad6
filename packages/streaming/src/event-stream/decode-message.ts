import { StreamError } from "../stream-error.ts";
import { PRELUDE_BYTES, type EventStreamLimits } from "./event-stream-limits.ts";
import type { EventStreamMessage } from "./event-stream-message.ts";
import { HeaderCache } from "./header-cache.ts";
import { crc32 } from "./crc32.ts";
import { checksumError, decodePrelude, readUint32, resolveLimits } from "./prelude.ts";

const CACHE: HeaderCache = /* @__PURE__ */ new HeaderCache();

/**
 * Decodes one message. Messages whose header blocks are the same share one frozen `headers` object.
 *
 * @example Usage
 * ```ts
 * import { decodeMessage, encodeMessage } from "@claude-on-aws/streaming/event-stream";
 * import { equal } from "node:assert/strict";
 *
 * const bytes = encodeMessage({ headers: { count: { type: "long", value: 7n } }, payload: new Uint8Array([1, 2]) });
 * const { headers, payload } = decodeMessage(bytes);
 *
 * equal(headers["count"]?.value, 7n);
 * equal(payload.length, 2);
 * ```
 *
 * @param bytes Exactly the bytes of one message, lengths and checksums included.
 * @param options Limits.
 * @returns The message; its payload is a view of `bytes`.
 * @throws {StreamError} `FRAME_TRUNCATED` where bytes are missing, `FRAME_LENGTH` where there are too many or the
 * lengths contradict each other, `FRAME_TOO_LARGE`, `HEADERS_TOO_LARGE`, `PRELUDE_CRC`, `MESSAGE_CRC`,
 * `HEADER_NAME`, `HEADER_TYPE` or `HEADER_VALUE`.
 *
 * @see {@link https://smithy.io/2.0/aws/amazon-eventstream.html | Amazon Event Stream specification}
 */
export function decodeMessage(bytes: Uint8Array, options?: EventStreamLimits): EventStreamMessage {
  const { length } = bytes;
  if (length < PRELUDE_BYTES) {
    throw new StreamError(
      "FRAME_TRUNCATED",
      `Cannot decode message: found ${length} bytes, expected a prelude of ${PRELUDE_BYTES}`,
      { offset: 0 },
    );
  }
  const { maxMessageBytes, maxHeadersBytes } = resolveLimits(options);
  const wanted = decodePrelude(bytes, 0, maxMessageBytes, maxHeadersBytes, 0);
  if (length !== wanted) {
    throw new StreamError(
      length < wanted ? "FRAME_TRUNCATED" : "FRAME_LENGTH",
      `Cannot decode message: found ${length} bytes, expected the ${wanted} that it declares`,
      { offset: 0 },
    );
  }
  const computed = crc32(bytes, 0, length - 4);
  const declared = readUint32(bytes, length - 4);
  if (computed !== declared) throw checksumError("MESSAGE_CRC", "message", declared, computed, 0);
  const payloadStart = PRELUDE_BYTES + readUint32(bytes, 4);
  return {
    headers: CACHE.decode(bytes, PRELUDE_BYTES, payloadStart, 0),
    payload: new Uint8Array(bytes.buffer, bytes.byteOffset + payloadStart, length - 4 - payloadStart),
  };
}
