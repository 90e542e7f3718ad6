import { StreamError } from "../stream-error.ts";
import { FRAME_OVERHEAD_BYTES } from "./event-stream-limits.ts";

/**
 * Computes the length of a message, to be checked before any memory is set aside for it.
 *
 * @param headersBytes Length of its header block in bytes.
 * @param payloadBytes Length of its payload in bytes.
 * @param maxMessageBytes Largest message in bytes.
 * @returns Its length in bytes, with its lengths and checksums.
 * @throws {StreamError} `FRAME_TOO_LARGE`.
 */
export function frameLength(headersBytes: number, payloadBytes: number, maxMessageBytes: number): number {
  const messageBytes = headersBytes + payloadBytes + FRAME_OVERHEAD_BYTES;
  if (messageBytes <= maxMessageBytes) return messageBytes;
  throw new StreamError(
    "FRAME_TOO_LARGE",
    `Cannot encode message: it would be ${messageBytes} bytes, expected at most ${maxMessageBytes}; split its payload over several messages`,
  );
}
