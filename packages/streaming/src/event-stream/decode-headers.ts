import { StreamError, type StreamErrorCode } from "../stream-error.ts";
import type { EventStreamHeaders, EventStreamHeaderValue } from "./event-stream-message.ts";
import { HEADER_TYPE, MAX_TIMESTAMP_MS } from "./header-types.ts";

/** A byte order mark in a header is part of the value. */
const DECODER: TextDecoder = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const hexadecimal = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Reads a header block from front to back, and nothing beyond it. */
class HeaderReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #end: number;
  readonly #offset: number;
  #at: number;
  /** What is being read, for errors: `name`, or the name in quotes. */
  #what = "name";

  constructor(bytes: Uint8Array, start: number, end: number, offset: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = start;
    this.#end = end;
    this.#offset = offset;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#end;
  }

  /** The error for what is being read. */
  error(code: StreamErrorCode, detail: string, cause?: unknown): StreamError {
    return new StreamError(
      code,
      `Cannot decode header ${this.#what} of the message at byte ${this.#offset}: ${detail}`,
      cause === undefined ? { offset: this.#offset } : { offset: this.#offset, cause },
    );
  }

  name(): string {
    this.#what = "name";
    const length = this.#view.getUint8(this.#take(1));
    if (length === 0) throw this.error("HEADER_NAME", "found none, expected 1 to 255 bytes");
    const name = this.#text(length);
    this.#what = JSON.stringify(name);
    return name;
  }

  value(): EventStreamHeaderValue {
    const view = this.#view;
    const type = view.getUint8(this.#take(1));
    switch (type) {
      case HEADER_TYPE.true:
      case HEADER_TYPE.false:
        return { type: "boolean", value: type === HEADER_TYPE.true };
      case HEADER_TYPE.byte:
        return { type: "byte", value: view.getInt8(this.#take(1)) };
      case HEADER_TYPE.short:
        return { type: "short", value: view.getInt16(this.#take(2)) };
      case HEADER_TYPE.integer:
        return { type: "integer", value: view.getInt32(this.#take(4)) };
      case HEADER_TYPE.long:
        return { type: "long", value: view.getBigInt64(this.#take(8)) };
      case HEADER_TYPE.binary:
        return { type: "binary", value: this.#viewOf(view.getUint16(this.#take(2))).slice() };
      case HEADER_TYPE.string:
        return { type: "string", value: this.#text(view.getUint16(this.#take(2))) };
      case HEADER_TYPE.timestamp:
        return { type: "timestamp", value: this.#date(Number(view.getBigInt64(this.#take(8)))) };
      case HEADER_TYPE.uuid: {
        const digits = hexadecimal(this.#viewOf(16));
        return { type: "uuid", value: digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-") };
      }
      default:
        throw this.error("HEADER_TYPE", `found type ${type}, expected 0 to 9`);
    }
  }

  /** Moves on by a number of bytes and returns where they begin. */
  #take(length: number): number {
    const start = this.#at;
    const left = this.#end - start;
    if (length > left) {
      throw this.error(this.#code, `it needs ${length} bytes, but ${left} are left of the header block`);
    }
    this.#at = start + length;
    return start;
  }

  get #code(): StreamErrorCode {
    return this.#what === "name" ? "HEADER_NAME" : "HEADER_VALUE";
  }

  #viewOf(length: number): Uint8Array {
    return new Uint8Array(this.#bytes.buffer, this.#bytes.byteOffset + this.#take(length), length);
  }

  #text(length: number): string {
    const bytes = this.#viewOf(length);
    try {
      return DECODER.decode(bytes);
    } catch (cause) {
      throw this.error(this.#code, "its bytes are not UTF-8", cause);
    }
  }

  #date(timestampMs: number): Date {
    if (Math.abs(timestampMs) <= MAX_TIMESTAMP_MS) return new Date(timestampMs);
    throw this.error(
      "HEADER_VALUE",
      `${timestampMs} ms is beyond what a Date holds, ${MAX_TIMESTAMP_MS} ms on either side of 1970`,
    );
  }
}

/**
 * Decodes a header block.
 *
 * @param bytes Bytes that hold the block.
 * @param start Index of the block's first byte.
 * @param end Index after its last byte; nothing beyond it is read.
 * @param offset Where in the stream the message begins, for errors.
 * @returns The headers by name, in the order of the block, in an object without a prototype.
 * @throws {StreamError} `HEADER_NAME`, `HEADER_TYPE` or `HEADER_VALUE`.
 *
 * @see {@link https://docs.aws.amazon.com/lexv2/latest/dg/event-stream-encoding.html | Event stream encoding}
 */
export function decodeHeaders(bytes: Uint8Array, start: number, end: number, offset: number): EventStreamHeaders {
  // Without a prototype, so that a header may have the name of a property that every object has.
  const headers = Object.create(null) as Record<string, EventStreamHeaderValue>;
  const reader = new HeaderReader(bytes, start, end, offset);
  while (!reader.isAtEnd) {
    const name = reader.name();
    if (name in headers) throw reader.error("HEADER_NAME", "it occurs twice, expected each name once");
    headers[name] = reader.value();
  }
  return headers;
}
