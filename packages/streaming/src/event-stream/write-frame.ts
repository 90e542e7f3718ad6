import { crc32OfNew, crc32Portable } from "./crc32.ts";
import { CHECKSUM_BYTES, FRAME_OVERHEAD_BYTES, PRELUDE_BYTES } from "./event-stream-limits.ts";
import { writeUint32 } from "./prelude.ts";

/**
 * Writes what stands before the payload of a message: both lengths, their checksum, and the headers. A message may be one of
 * several in the same array.
 *
 * @param bytes Bytes to write into, with room for all of the message.
 * @param start Index of the message's first byte.
 * @param headers Its header block.
 * @param payloadBytes Length of its payload in bytes.
 * @returns Index of the payload's first byte.
 */
export function startFrame(bytes: Uint8Array, start: number, headers: Uint8Array, payloadBytes: number): number {
  writeUint32(bytes, start, headers.length + payloadBytes + FRAME_OVERHEAD_BYTES);
  writeUint32(bytes, start + 4, headers.length);
  writeUint32(bytes, start + 8, crc32Portable(bytes, start, start + 8));
  bytes.set(headers, start + PRELUDE_BYTES);
  return start + PRELUDE_BYTES + headers.length;
}

/**
 * Writes what stands after the payload of a message: the checksum of all that stands before it.
 *
 * @param bytes Bytes that hold the message; made for it, and not viewed yet.
 * @param start Index of the message's first byte.
 * @param end Index after its payload.
 * @returns Index after the message.
 */
export function endFrame(bytes: Uint8Array, start: number, end: number): number {
  writeUint32(bytes, end, crc32OfNew(bytes, start, end));
  return end + CHECKSUM_BYTES;
}
