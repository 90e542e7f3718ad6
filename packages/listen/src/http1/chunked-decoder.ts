import { Buffer } from "node:buffer";

/** The longest line that says the size of a chunk, with its extensions. */
const MAX_SIZE_LINE = 1_024;
/** `2 ** 52 - 1` in hexadecimal: whatever is no longer is exact. */
const MAX_SIZE_DIGITS = 13;
const SIZE_LINE = /^([\da-f]+)(?:;[\t -~\x80-\xff]*)?$/i;
const TRAILER = /^[!#$%&'*+\-.^_`|~\w]+:[\t -~\x80-\xff]*$/;

const CR = 13;
const LF = 10;

/**
 * Takes the framing off a body that comes in chunks.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9112#section-7.1 | RFC 9112}, section 7.1
 */
export class ChunkedDecoder {
  readonly #maxExtraBytes: number;
  #state: "size" | "data" | "data-end" | "trailer" | "done" = "size";
  /** The part of a line that came so far. */
  #line = "";
  #left = 0;
  #extraBytes = 0;

  /** @param maxExtraBytes How long all may be together that is no content: extensions, and what follows the last chunk. */
  constructor(maxExtraBytes: number) {
    this.#maxExtraBytes = maxExtraBytes;
  }

  /** Whether the end of the body came. */
  get isDone(): boolean {
    return this.#state === "done";
  }

  /**
   * Reads on. What it finds is moved to the front of the bytes, so that a body in tiny chunks costs no more than its length.
   *
   * @param bytes The next bytes of the connection; they are written over.
   * @returns The content among them, and what follows the body; `undefined` where this is no chunked body.
   */
  decode(bytes: Buffer): { readonly content: Buffer; readonly rest: Buffer } | undefined {
    let at = 0;
    let written = 0;
    while (at < bytes.length && this.#state !== "done") {
      if (this.#state === "data") {
        const length = Math.min(this.#left, bytes.length - at);
        if (written !== at) bytes.copyWithin(written, at, at + length);
        written += length;
        at += length;
        this.#left -= length;
        if (this.#left === 0) this.#state = "data-end";
        continue;
      }
      const end = bytes.indexOf(LF, at);
      const part = bytes.toString("latin1", at, end < 0 ? bytes.length : end);
      this.#line += part;
      if (this.#line.length > this.#maxLine) return undefined;
      if (end < 0) break;
      at = end + 1;
      if (this.#line.charCodeAt(this.#line.length - 1) !== CR) return undefined;
      const line = this.#line.slice(0, -1);
      this.#line = "";
      if (!this.#readLine(line)) return undefined;
    }
    return {
      content: bytes.subarray(0, written),
      rest: at < bytes.length && this.#state === "done" ? bytes.subarray(at) : NO_BYTES,
    };
  }

  get #maxLine(): number {
    if (this.#state === "size") return MAX_SIZE_LINE;
    return this.#state === "trailer" ? this.#maxExtraBytes - this.#extraBytes : 1;
  }

  /** Goes on after a line; answers whether it may stand there. */
  #readLine(line: string): boolean {
    if (this.#state === "size") {
      const digits = SIZE_LINE.exec(line)?.[1]?.replace(/^0+(?=.)/, "");
      if (digits === undefined || digits.length > MAX_SIZE_DIGITS) return false;
      this.#extraBytes += line.length - digits.length;
      if (this.#extraBytes > this.#maxExtraBytes) return false;
      this.#left = Number.parseInt(digits, 16);
      this.#state = this.#left === 0 ? "trailer" : "data";
      return true;
    }
    if (this.#state === "data-end") {
      this.#state = "size";
      return line === "";
    }
    if (line === "") {
      this.#state = "done";
      return true;
    }
    this.#extraBytes += line.length;
    return TRAILER.test(line);
  }
}

const NO_BYTES = /* @__PURE__ */ Buffer.alloc(0);
