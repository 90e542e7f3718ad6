import type { Buffer } from "node:buffer";
import { type AnswerHead, parseHead } from "./parse-head.ts";

/** Told what comes of an answer, in order. */
export interface AnswerListener {
  /** The head is there, and says whether a body follows, if only one of no bytes. */
  readonly onHead: (head: AnswerHead, hasBody: boolean) => void;
  /** More of the body is there. */
  readonly onBytes: (bytes: Uint8Array) => void;
}

/** The longest head, all heads together that come before it, and all that a chunked body may have beside its content, in bytes. */
const MAX_HEAD_BYTES = 65_536;
/** The longest line that says the size of a chunk. */
const MAX_SIZE_LINE = 1_024;
/** `2 ** 52 - 1` in hexadecimal: whatever is no longer is exact. */
const MAX_SIZE_DIGITS = 13;
const SIZE_LINE = /^([\da-f]+)[ \t]*(?:;[\t -~\x80-\xff]*)?$/i;
const TRAILER = /^[!#$%&'*+\-.^_`|~\w]+:[\t -~\x80-\xff]*$/;

const HEAD_END = "\r\n\r\n";
const CR = 13;
const LF = 10;

/** Where the reader stands: `size`, `gap` and `trailer` are the lines of a chunked body, `bytes` is its content and that of any other. */
type Place = "head" | "size" | "bytes" | "gap" | "trailer" | "done";

/**
 * Reads one answer of HTTP/1.1 as its bytes come, wherever they are cut.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9112 | RFC 9112}, sections 6 and 7
 */
export class AnswerReader {
  readonly #listener: AnswerListener;
  readonly #isHead: boolean;
  #place: Place = "head";
  #head: AnswerHead | undefined;
  /** The part of a head or of a line that came so far, one character a byte. */
  #text = "";
  /** The end of the text, which the end of the head may begin with. */
  #tail = "";
  /** How much is left of the body, or of its chunk. */
  #left = 0;
  #extraBytes = 0;

  /**
   * @param listener Told what comes.
   * @param method The method that was asked with: an answer to `HEAD` has no body.
   */
  constructor(listener: AnswerListener, method: string) {
    this.#listener = listener;
    this.#isHead = method === "HEAD";
  }

  /** Whether the answer is whole. */
  get isDone(): boolean {
    return this.#place === "done";
  }

  /** Whether the end of the connection is that of the answer. */
  get endsWithConnection(): boolean {
    return this.#head?.framing === "close" && this.#place === "bytes";
  }

  /** Its head, where that is there. */
  get head(): AnswerHead | undefined {
    return this.#head;
  }

  /**
   * Reads on. The content of chunks is moved together in the bytes, so that many small ones cost no more than a large one.
   *
   * @param bytes What came; they are written over.
   * @returns What is wrong with the answer, in words; `undefined` where nothing is.
   */
  feed(bytes: Buffer): string | undefined {
    let rest = bytes;
    while (this.#place === "head") {
      const from = this.#findHead(rest);
      if (from === undefined) return this.#text.length > MAX_HEAD_BYTES ? TOO_LONG : undefined;
      rest = rest.subarray(from);
      const problem = this.#readHead();
      if (problem !== undefined) return problem;
    }
    if (rest.length === 0) return undefined;
    if (this.#place === "done") return "something follows it that nobody asked for";
    return this.#head?.framing === "chunked" ? this.#readChunks(rest) : this.#readPlain(rest);
  }

  /** Looks for the end of the head, and puts it into the text; answers where the rest begins, or `undefined`. */
  #findHead(bytes: Buffer): number | undefined {
    const before = this.#text.length;
    if (before === 0) {
      const end = findHeadEnd(bytes);
      this.#text = bytes.toString("latin1", 0, end < 0 ? bytes.length : end);
      this.#tail = this.#text.slice(1 - HEAD_END.length);
      return end < 0 ? undefined : end + HEAD_END.length;
    }
    const part = bytes.toString("latin1", 0, MAX_HEAD_BYTES);
    // Not in all of the text: a head that comes byte by byte would be gone over as often as it has bytes.
    const seam = this.#tail + part;
    const found = seam.indexOf(HEAD_END);
    this.#text += part;
    if (found < 0) {
      this.#tail = seam.slice(1 - HEAD_END.length);
      return undefined;
    }
    const end = before - this.#tail.length + found;
    this.#text = this.#text.slice(0, end);
    return end + HEAD_END.length - before;
  }

  #readHead(): string | undefined {
    const text = this.#text;
    this.#text = "";
    if (text.length > MAX_HEAD_BYTES) return TOO_LONG;
    const head = parseHead(text);
    if (typeof head === "string") return head;
    const { status, framing } = head;
    if (status === 101) return "it changes to another protocol, for which nobody asked";
    // What is said in between, before the answer; without a limit it might be said for ever.
    if (status < 200) return (this.#extraBytes += text.length) > MAX_HEAD_BYTES ? TOO_LONG : undefined;
    this.#extraBytes = 0;
    this.#head = head;
    const hasBody = !this.#isHead && status !== 204 && status !== 304;
    this.#left = framing === "close" ? Infinity : framing === "chunked" ? 0 : framing;
    this.#place = !hasBody || framing === 0 ? "done" : framing === "chunked" ? "size" : "bytes";
    this.#listener.onHead(head, hasBody);
    return undefined;
  }

  #readPlain(bytes: Buffer): string | undefined {
    const isMore = bytes.length > this.#left;
    const content = isMore ? bytes.subarray(0, this.#left) : bytes;
    this.#left -= content.length;
    if (this.#left === 0) this.#place = "done";
    this.#listener.onBytes(content);
    return isMore ? "it is longer than it says" : undefined;
  }

  #readChunks(bytes: Buffer): string | undefined {
    let at = 0;
    let written = 0;
    let problem: string | undefined;
    while (at < bytes.length && this.#place !== "done" && problem === undefined) {
      if (this.#place === "bytes") {
        const end = Math.min(at + this.#left, bytes.length);
        if (written !== at) bytes.copyWithin(written, at, end);
        written += end - at;
        this.#left -= end - at;
        at = end;
        if (this.#left === 0) this.#place = "gap";
        continue;
      }
      const end = bytes.indexOf(LF, at);
      this.#text += bytes.toString("latin1", at, end < 0 ? bytes.length : end);
      if (this.#text.length > this.#maxLine) problem = MALFORMED;
      else if (end >= 0) problem = this.#readLine();
      at = end < 0 ? bytes.length : end + 1;
    }
    if (written > 0) this.#listener.onBytes(bytes.subarray(0, written));
    return problem ?? (at < bytes.length ? "something follows it that nobody asked for" : undefined);
  }

  get #maxLine(): number {
    if (this.#place === "size") return MAX_SIZE_LINE;
    return this.#place === "trailer" ? MAX_HEAD_BYTES - this.#extraBytes : 1;
  }

  /** Goes on after a line of a chunked body. */
  #readLine(): string | undefined {
    const text = this.#text;
    this.#text = "";
    if (text.charCodeAt(text.length - 1) !== CR) return MALFORMED;
    const line = text.slice(0, -1);
    if (this.#place === "size") {
      const digits = SIZE_LINE.exec(line)?.[1]?.replace(/^0+(?=.)/, "");
      if (digits === undefined || digits.length > MAX_SIZE_DIGITS) return MALFORMED;
      this.#extraBytes += line.length - digits.length;
      if (this.#extraBytes > MAX_HEAD_BYTES) return MALFORMED;
      this.#left = Number.parseInt(digits, 16);
      this.#place = this.#left === 0 ? "trailer" : "bytes";
      return undefined;
    }
    if (this.#place === "gap") {
      this.#place = "size";
      return line === "" ? undefined : MALFORMED;
    }
    if (line === "") {
      this.#place = "done";
      return undefined;
    }
    this.#extraBytes += line.length;
    return TRAILER.test(line) ? undefined : MALFORMED;
  }
}

const TOO_LONG = `its head is longer than ${MAX_HEAD_BYTES} bytes`;
const MALFORMED = "its chunks are malformed";

/** Where the empty line begins that ends a head; -1 where it is still to come. */
function findHeadEnd(bytes: Buffer): number {
  // Not all four bytes at once: on Deno 2.9 that takes ten times as long.
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at - 1] === CR && bytes[at + 1] === CR && bytes[at + 2] === LF) return at - 1;
  }
  return -1;
}
