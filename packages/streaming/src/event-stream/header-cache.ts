import { decodeHeaders } from "./decode-headers.ts";
import type { EventStreamHeaders } from "./event-stream-message.ts";

/** A Converse stream uses seven blocks, an InvokeModel stream one. */
const MAX_ENTRIES = 8;

/** Blocks longer than this are decoded each time, so that the cache holds little. */
const MAX_ENTRY_BYTES = 512;

interface Entry {
  readonly block: Uint8Array;
  readonly headers: EventStreamHeaders;
}

function equals(block: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  const { length } = block;
  if (length !== end - start) return false;
  for (let index = 0; index < length; index++) {
    if (block[index] !== bytes[start + index]) return false;
  }
  return true;
}

/** A block may be given out more than once if nobody who gets it can change its values. */
function isShareable(headers: EventStreamHeaders): boolean {
  return Object.values(headers).every(({ type }) => type !== "binary" && type !== "timestamp");
}

/** Decodes header blocks and hands out the same frozen object for a block that repeats. */
export class HeaderCache {
  readonly #entries: Entry[] = [];
  #block: Uint8Array = new Uint8Array(0);
  #headers: EventStreamHeaders | undefined;
  #next = 0;

  /**
   * Decodes a block.
   *
   * @param bytes Bytes that hold the block.
   * @param start Index of its first byte.
   * @param end Index after its last byte.
   * @param offset Where in the stream the message begins, for errors.
   * @returns The headers by name; frozen where they may be given out again.
   * @throws {StreamError} `HEADER_NAME`, `HEADER_TYPE` or `HEADER_VALUE`.
   */
  decode(bytes: Uint8Array, start: number, end: number, offset: number): EventStreamHeaders {
    const headers = this.#headers;
    // A stream repeats itself: the latest block is tried first.
    if (headers !== undefined && equals(this.#block, bytes, start, end)) return headers;
    for (const entry of this.#entries) {
      if (equals(entry.block, bytes, start, end)) return this.#use(entry);
    }
    return this.#add(bytes, start, end, offset);
  }

  #use({ block, headers }: Entry): EventStreamHeaders {
    this.#block = block;
    this.#headers = headers;
    return headers;
  }

  #add(bytes: Uint8Array, start: number, end: number, offset: number): EventStreamHeaders {
    const headers = decodeHeaders(bytes, start, end, offset);
    if (end - start > MAX_ENTRY_BYTES || !isShareable(headers)) return headers;
    for (const value of Object.values(headers)) Object.freeze(value);
    Object.freeze(headers);
    const entry = { block: new Uint8Array(bytes.subarray(start, end)), headers };
    this.#entries[this.#next] = entry;
    this.#next = (this.#next + 1) % MAX_ENTRIES;
    return this.#use(entry);
  }
}
