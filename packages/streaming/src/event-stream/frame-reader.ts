import { StreamError } from "../stream-error.ts";
import { crc32 } from "./crc32.ts";
import { PRELUDE_BYTES, type EventStreamLimits } from "./event-stream-limits.ts";
import type { EventStreamHeaders } from "./event-stream-message.ts";
import { HeaderCache } from "./header-cache.ts";
import { checksumError, decodePrelude, readUint32, resolveLimits } from "./prelude.ts";

/**
 * Takes a message whose checksums hold. The payload is `bytes` from `start` to `end`; where `borrowed` is
 * true, those bytes are overwritten once the call returns.
 */
export type OnFrame = (
  headers: EventStreamHeaders,
  bytes: Uint8Array,
  start: number,
  end: number,
  borrowed: boolean,
) => void;

/**
 * Finds the messages in bytes that are cut anywhere. A message that lies within one chunk is read where it
 * lies; only one that is cut is put together in a buffer, which grows with the bytes that arrive, never with
 * the length that was declared.
 */
export class FrameReader {
  readonly #onFrame: OnFrame;
  readonly #maxMessageBytes: number;
  readonly #maxHeadersBytes: number;
  readonly #cache = new HeaderCache();
  #buffer = new Uint8Array(0);
  #buffered = 0;
  /** Length of the message in the buffer; 0 until its prelude is there. */
  #wanted = 0;
  #offset = 0;
  #failure: { readonly error: unknown } | undefined;

  /**
   * @param onFrame Called with each message, in order.
   * @param limits How large a message may be.
   */
  constructor(onFrame: OnFrame, limits?: EventStreamLimits) {
    const { maxMessageBytes, maxHeadersBytes } = resolveLimits(limits);
    this.#onFrame = onFrame;
    this.#maxMessageBytes = maxMessageBytes;
    this.#maxHeadersBytes = maxHeadersBytes;
  }

  /** Bytes of an unfinished message that are held. */
  get bufferedBytes(): number {
    return this.#buffered;
  }

  /**
   * Takes the next bytes.
   *
   * @param chunk Any number of bytes.
   * @throws {StreamError} As `EventStreamDecoder.feed`, and whatever `onFrame` throws; from then on each call throws it again.
   */
  feed(chunk: Uint8Array): void {
    if (this.#failure !== undefined) throw this.#failure.error;
    try {
      this.#read(chunk);
    } catch (error) {
      this.#failure = { error };
      throw error;
    }
  }

  /**
   * Says that no more bytes will come.
   *
   * @throws {StreamError} `FRAME_TRUNCATED` where a message is unfinished; or what `feed` threw.
   */
  end(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
    if (this.#buffered === 0) return;
    throw new StreamError(
      "FRAME_TRUNCATED",
      `Cannot finish event stream: ${this.#buffered} bytes of the message at byte ${this.#offset} arrived, expected ${this.#wanted === 0 ? `a prelude of ${PRELUDE_BYTES}` : this.#wanted}`,
      { offset: this.#offset },
    );
  }

  #read(chunk: Uint8Array): void {
    let at = this.#buffered === 0 ? 0 : this.#complete(chunk);
    while (chunk.length - at >= PRELUDE_BYTES) {
      const wanted = this.#prelude(chunk, at);
      if (chunk.length - at < wanted) {
        this.#wanted = wanted;
        break;
      }
      at += wanted;
      this.#emit(chunk, at - wanted, at, false);
    }
    if (at < chunk.length) this.#append(chunk, at, chunk.length);
  }

  /** Goes on with the message in the buffer; returns how many bytes of the chunk it took. */
  #complete(chunk: Uint8Array): number {
    let at = 0;
    if (this.#wanted === 0) {
      at = Math.min(PRELUDE_BYTES - this.#buffered, chunk.length);
      this.#append(chunk, 0, at);
      if (this.#buffered < PRELUDE_BYTES) return at;
      this.#wanted = this.#prelude(this.#buffer, 0);
    }
    const end = Math.min(at + this.#wanted - this.#buffered, chunk.length);
    this.#append(chunk, at, end);
    if (this.#buffered < this.#wanted) return end;
    const wanted = this.#wanted;
    this.#buffered = 0;
    this.#wanted = 0;
    this.#emit(this.#buffer, 0, wanted, true);
    return end;
  }

  #prelude(bytes: Uint8Array, at: number): number {
    return decodePrelude(bytes, at, this.#maxMessageBytes, this.#maxHeadersBytes, this.#offset);
  }

  #append(chunk: Uint8Array, start: number, end: number): void {
    const length = this.#buffered + end - start;
    if (length > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(length, Math.min(2 * this.#buffer.length, this.#maxMessageBytes), 1024));
      larger.set(this.#buffer.subarray(0, this.#buffered));
      this.#buffer = larger;
    }
    this.#buffer.set(start === 0 && end === chunk.length ? chunk : chunk.subarray(start, end), this.#buffered);
    this.#buffered = length;
  }

  #emit(bytes: Uint8Array, start: number, end: number, borrowed: boolean): void {
    const offset = this.#offset;
    const computed = crc32(bytes, start, end - 4);
    const declared = readUint32(bytes, end - 4);
    if (computed !== declared) throw checksumError("MESSAGE_CRC", "message", declared, computed, offset);
    const headersStart = start + PRELUDE_BYTES;
    const payloadStart = headersStart + readUint32(bytes, start + 4);
    const headers = this.#cache.decode(bytes, headersStart, payloadStart, offset);
    this.#offset = offset + end - start;
    this.#onFrame(headers, bytes, payloadStart, end - 4, borrowed);
  }
}
