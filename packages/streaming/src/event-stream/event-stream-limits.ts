/** Bytes of a frame before its headers: two lengths and their checksum. */
export const PRELUDE_BYTES = 12;

/** Bytes of a frame after its payload: the checksum of all before them. */
export const CHECKSUM_BYTES = 4;

/** Bytes of a frame besides headers and payload. */
export const FRAME_OVERHEAD_BYTES: number = PRELUDE_BYTES + CHECKSUM_BYTES;

/** Largest header block that AWS allows: 128 KiB. */
export const MAX_HEADERS_BYTES: number = 128 * 1024;

/** Largest message that AWS allows: 24 MiB of payload, 128 KiB of headers and 16 bytes around them. */
export const MAX_MESSAGE_BYTES: number = 24 * 1024 * 1024 + MAX_HEADERS_BYTES + FRAME_OVERHEAD_BYTES;

/** How large a message may be. */
export interface EventStreamLimits {
  /**
   * Largest message in bytes, with its lengths and checksums. It bounds what a decoder holds in memory, and
   * is checked as soon as the length is known: a length beyond it is refused before any memory is set aside.
   *
   * @default {25_296_912} 24 MiB of payload and 128 KiB of headers, as in the clients of AWS
   * @see {@link https://github.com/boto/botocore/blob/develop/botocore/eventstream.py | botocore, eventstream.py}
   */
  readonly maxMessageBytes?: number | undefined;
  /**
   * Largest header block in bytes.
   *
   * @default {131_072}
   */
  readonly maxHeadersBytes?: number | undefined;
}
