import { StreamError } from "../stream-error.ts";
import type { EventStreamHeaders, EventStreamHeaderValue } from "./event-stream-message.ts";
import { HEADER_TYPE, MAX_NAME_BYTES, MAX_TIMESTAMP_MS, MAX_VALUE_BYTES, NUMBER_RANGE } from "./header-types.ts";

const ENCODER: TextEncoder = /* @__PURE__ */ new TextEncoder();

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const MAX_LONG = 2n ** 63n - 1n;

const refuseValue = (name: string, found: string, expected: string): StreamError =>
  new StreamError("HEADER_VALUE", `Cannot encode header ${JSON.stringify(name)}: found ${found}, expected ${expected}`);

/** Length of a text in UTF-8 bytes; `undefined` where a surrogate stands alone, which UTF-8 cannot hold. */
function utf8Length(text: string): number | undefined {
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) > 0x7f) return text.isWellFormed() ? ENCODER.encode(text).length : undefined;
  }
  return text.length;
}

function nameLength(name: string): number {
  const length = utf8Length(name);
  if (length === undefined || length === 0 || length > MAX_NAME_BYTES) {
    throw new StreamError(
      "HEADER_NAME",
      `Cannot encode header ${JSON.stringify(name.slice(0, 80))}: found ${length === undefined ? "a lone surrogate" : `${length} bytes`}, expected 1 to ${MAX_NAME_BYTES} bytes of UTF-8`,
    );
  }
  return length;
}

/** Length of a value after its type in bytes, its own length field included. Checks the value on the way. */
function valueLength(name: string, header: EventStreamHeaderValue): number {
  switch (header.type) {
    case "string": {
      const length = utf8Length(header.value);
      if (length === undefined) throw refuseValue(name, "a string with a lone surrogate", "Unicode text");
      if (length > MAX_VALUE_BYTES) throw refuseValue(name, `${length} bytes`, `at most ${MAX_VALUE_BYTES}`);
      return 2 + length;
    }
    case "boolean":
      return 0;
    case "byte":
    case "short":
    case "integer": {
      const most = NUMBER_RANGE[header.type];
      if (!Number.isInteger(header.value) || header.value > most || header.value < -most - 1) {
        throw refuseValue(name, `${header.type} ${header.value}`, `a whole number from ${-most - 1} to ${most}`);
      }
      return header.type === "byte" ? 1 : header.type === "short" ? 2 : 4;
    }
    case "long":
      if (header.value > MAX_LONG || header.value < -MAX_LONG - 1n) {
        throw refuseValue(name, `long ${header.value}`, `a bigint from ${-MAX_LONG - 1n} to ${MAX_LONG}`);
      }
      return 8;
    case "binary":
      if (header.value.length > MAX_VALUE_BYTES) {
        throw refuseValue(name, `${header.value.length} bytes`, `at most ${MAX_VALUE_BYTES}`);
      }
      return 2 + header.value.length;
    case "timestamp":
      // An invalid date is NaN, which is within no bound.
      if (!(Math.abs(header.value.getTime()) <= MAX_TIMESTAMP_MS)) throw refuseValue(name, "an invalid date", "a date");
      return 8;
    case "uuid":
      if (!UUID.test(header.value)) {
        throw refuseValue(name, JSON.stringify(header.value), "32 hexadecimal digits in groups of 8-4-4-4-12");
      }
      return 16;
    default:
      throw new StreamError(
        "HEADER_TYPE",
        `Cannot encode header ${JSON.stringify(name)}: found type ${JSON.stringify((header as { type: unknown }).type)}, expected one of boolean, byte, short, integer, long, binary, string, timestamp, uuid`,
      );
  }
}

/** Length of the block in bytes; checks names and values on the way. */
function headersLength(headers: EventStreamHeaders): number {
  let length = 0;
  for (const name of Object.keys(headers)) length += 2 + nameLength(name) + valueLength(name, headers[name]!);
  return length;
}

/** Writes a text of a known UTF-8 length; where that is the number of its characters, all are ASCII. */
function writeText(bytes: Uint8Array, at: number, text: string, length: number): void {
  if (length !== text.length) {
    bytes.set(ENCODER.encode(text), at);
    return;
  }
  for (let index = 0; index < length; index++) bytes[at + index] = text.charCodeAt(index);
}

function writeInteger(bytes: Uint8Array, at: number, value: number, length: number): void {
  for (let index = length - 1; index >= 0; index--) {
    bytes[at + index] = value;
    value >>= 8;
  }
}

const writeLong = (bytes: Uint8Array, at: number, value: bigint): void =>
  new DataView(bytes.buffer, bytes.byteOffset).setBigInt64(at, value);

/** Writes a header value with its type before it; returns the index after it. */
function writeValue(bytes: Uint8Array, at: number, header: EventStreamHeaderValue): number {
  const start = at + 1;
  if (header.type === "boolean") {
    bytes[at] = header.value ? HEADER_TYPE.true : HEADER_TYPE.false;
    return start;
  }
  bytes[at] = HEADER_TYPE[header.type];
  switch (header.type) {
    case "string": {
      const length = utf8Length(header.value)!;
      writeInteger(bytes, start, length, 2);
      writeText(bytes, start + 2, header.value, length);
      return start + 2 + length;
    }
    case "byte":
      writeInteger(bytes, start, header.value, 1);
      return start + 1;
    case "short":
      writeInteger(bytes, start, header.value, 2);
      return start + 2;
    case "integer":
      writeInteger(bytes, start, header.value, 4);
      return start + 4;
    case "long":
      writeLong(bytes, start, header.value);
      return start + 8;
    case "binary":
      writeInteger(bytes, start, header.value.length, 2);
      bytes.set(header.value, start + 2);
      return start + 2 + header.value.length;
    case "timestamp":
      writeLong(bytes, start, BigInt(header.value.getTime()));
      return start + 8;
    case "uuid": {
      const digits = header.value.replaceAll("-", "");
      for (let index = 0; index < 16; index++) {
        bytes[start + index] = Number.parseInt(digits.slice(2 * index, 2 * index + 2), 16);
      }
      return start + 16;
    }
  }
}

function encodeInto(bytes: Uint8Array, headers: EventStreamHeaders): void {
  let at = 0;
  for (const name of Object.keys(headers)) {
    const length = utf8Length(name)!;
    bytes[at] = length;
    writeText(bytes, at + 1, name, length);
    at = writeValue(bytes, at + 1 + length, headers[name]!);
  }
}

/** A block with the headers it was made from, as they were then. */
interface Entry {
  readonly block: Uint8Array;
  readonly names: readonly string[];
  readonly values: readonly EventStreamHeaderValue[];
}

/** A server sends the same few blocks again and again. */
const MAX_ENTRIES = 8;

/** Blocks longer than this are encoded each time, so that the cache holds little. */
const MAX_ENTRY_BYTES = 512;

/** Encodes header blocks; headers that repeat, with the same names and values in the same order, get the same bytes. */
class EncodedHeaderCache {
  readonly #entries: Entry[] = [];
  #next = 0;

  /** @throws {StreamError} `HEADER_NAME`, `HEADER_TYPE` or `HEADER_VALUE`. */
  encode(headers: EventStreamHeaders): Uint8Array {
    const names = Object.keys(headers);
    for (const entry of this.#entries) {
      if (matches(entry, names, headers)) return entry.block;
    }
    const block = new Uint8Array(headersLength(headers));
    encodeInto(block, headers);
    this.#add(block, names, headers);
    return block;
  }

  #add(block: Uint8Array, names: readonly string[], headers: EventStreamHeaders): void {
    if (block.length > MAX_ENTRY_BYTES) return;
    const values = names.map((name) => ({ ...headers[name]! }));
    // Bytes and dates can be changed in place, unnoticed.
    if (values.some(({ type }) => type === "binary" || type === "timestamp")) return;
    this.#entries[this.#next] = { block, names, values };
    this.#next = (this.#next + 1) % MAX_ENTRIES;
  }
}

function matches(entry: Entry, names: readonly string[], headers: EventStreamHeaders): boolean {
  if (entry.names.length !== names.length) return false;
  for (let index = 0; index < names.length; index++) {
    const name = names[index]!;
    if (name !== entry.names[index]) return false;
    const header = headers[name]!;
    const before = entry.values[index]!;
    if (header.value !== before.value || header.type !== before.type) return false;
  }
  return true;
}

const CACHE: EncodedHeaderCache = /* @__PURE__ */ new EncodedHeaderCache();

/**
 * Encodes a header block. Names keep the order in which the object lists them.
 *
 * @param headers The headers.
 * @returns The block, to be copied and never written to: it may be given out again.
 * @throws {StreamError} `HEADER_NAME`, `HEADER_TYPE` or `HEADER_VALUE`.
 */
export function encodeHeaders(headers: EventStreamHeaders): Uint8Array {
  return CACHE.encode(headers);
}
