import { StreamError } from "../stream-error.ts";
import { crc32Portable } from "./crc32.ts";
import {
  FRAME_OVERHEAD_BYTES,
  MAX_HEADERS_BYTES,
  MAX_MESSAGE_BYTES,
  type EventStreamLimits,
} from "./event-stream-limits.ts";

/**
 * Reads an unsigned 32-bit number, big-endian.
 *
 * @param bytes Bytes that hold it.
 * @param at Index of its first byte.
 * @returns The number.
 */
export function readUint32(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}

/**
 * Writes an unsigned 32-bit number, big-endian.
 *
 * @param bytes Bytes to write into.
 * @param at Index of its first byte.
 * @param value The number.
 */
export function writeUint32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}

/**
 * Fills in the limits that were left out.
 *
 * @param limits The limits that were given.
 * @returns All of them, in bytes.
 */
export function resolveLimits({ maxMessageBytes, maxHeadersBytes }: EventStreamLimits = {}): Required<{
  [Key in keyof EventStreamLimits]: number;
}> {
  return {
    maxMessageBytes: maxMessageBytes ?? MAX_MESSAGE_BYTES,
    maxHeadersBytes: maxHeadersBytes ?? MAX_HEADERS_BYTES,
  };
}

/**
 * Checks the twelve bytes before a message: the two lengths and their checksum.
 *
 * The checksum comes first: a length that was corrupted on the way is reported as that, not as one beyond a limit.
 *
 * @param bytes Bytes that hold the prelude.
 * @param at Index of its first byte.
 * @param maxMessageBytes Largest message in bytes.
 * @param maxHeadersBytes Largest header block in bytes.
 * @param offset Where in the stream this is, for the error.
 * @returns The length of the whole message in bytes.
 * @throws {StreamError} `PRELUDE_CRC`, `FRAME_LENGTH`, `FRAME_TOO_LARGE` or `HEADERS_TOO_LARGE`.
 */
export function decodePrelude(
  bytes: Uint8Array,
  at: number,
  maxMessageBytes: number,
  maxHeadersBytes: number,
  offset: number,
): number {
  const computed = crc32Portable(bytes, at, at + 8);
  const declared = readUint32(bytes, at + 8);
  if (computed !== declared) throw checksumError("PRELUDE_CRC", "prelude", declared, computed, offset);
  const messageBytes = readUint32(bytes, at);
  const headersBytes = readUint32(bytes, at + 4);
  if (messageBytes > maxMessageBytes) {
    throw new StreamError(
      "FRAME_TOO_LARGE",
      `Cannot decode message at byte ${offset}: it declares ${messageBytes} bytes, expected at most ${maxMessageBytes}; set maxMessageBytes to allow more`,
      { offset },
    );
  }
  if (messageBytes < FRAME_OVERHEAD_BYTES || headersBytes > messageBytes - FRAME_OVERHEAD_BYTES) {
    throw new StreamError(
      "FRAME_LENGTH",
      `Cannot decode message at byte ${offset}: it declares ${messageBytes} bytes with ${headersBytes} of headers, expected at least ${FRAME_OVERHEAD_BYTES} more than its headers`,
      { offset },
    );
  }
  if (headersBytes > maxHeadersBytes) {
    throw new StreamError(
      "HEADERS_TOO_LARGE",
      `Cannot decode message at byte ${offset}: it declares ${headersBytes} bytes of headers, expected at most ${maxHeadersBytes}; set maxHeadersBytes to allow more`,
      { offset },
    );
  }
  return messageBytes;
}

const hexadecimal = (value: number): string => `0x${value.toString(16).padStart(8, "0")}`;

/**
 * Makes the error for a checksum that does not match.
 *
 * @param code Which checksum it is.
 * @param what What it is the checksum of, for the message.
 * @param declared The checksum in the message.
 * @param computed The checksum of its bytes.
 * @param offset Where in the stream the message begins.
 * @returns The error.
 */
export function checksumError(
  code: "PRELUDE_CRC" | "MESSAGE_CRC",
  what: string,
  declared: number,
  computed: number,
  offset: number,
): StreamError {
  return new StreamError(
    code,
    `Cannot decode message at byte ${offset}: its ${what} has checksum ${hexadecimal(declared)}, but its bytes give ${hexadecimal(computed)}; they were altered on the way, or this is not an event stream`,
    { offset },
  );
}
