import type { Header } from "../../header.ts";

/** The head of an answer, and what it says of its connection. */
export interface AnswerHead {
  readonly status: number;
  /** In the order in which they came, names in lower case. */
  readonly headers: readonly Header[];
  /** How the end of the body is told: by its length, by its last chunk, or by that of the connection. */
  readonly framing: number | "chunked" | "close";
  /** Whether another request may be sent over the connection afterwards. */
  readonly keepAlive: boolean;
  /** How long the service keeps a connection without a request, in seconds; `undefined` where it does not say. */
  readonly keptSeconds: number | undefined;
}

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: .*)?$/;
const NAME = /^[!#$%&'*+\-.^_`|~\w]+$/;
/** What a head is made of: one byte a character, and no other control characters than these. */
const PLAIN = /^[\t\r\n -~\x80-\xff]*$/;
/** Half a line break. */
const HALF_BREAK = /\r(?!\n)|(?<!\r)\n/;
/** Any number of so many digits is exact. */
const LENGTH = /^\d{1,15}$/;
const TIMEOUT = /(?:^|[,\s])timeout=(\d{1,9})/i;
const CLOSES = /(?:^|[,\s])close(?:[,\s]|$)/i;

/**
 * Reads the head of an answer, strictly: what two readers of one connection understand differently is how one client is given the answer
 * of another.
 *
 * @param text From the status line to the last header, without the empty line, one character a byte.
 * @returns The head; or what is wrong with it, in words.
 * @see {@link https://www.rfc-editor.org/rfc/rfc9112 | RFC 9112}, sections 4 to 6
 */
export function parseHead(text: string): AnswerHead | string {
  if (!PLAIN.test(text) || HALF_BREAK.test(text)) return "its head has a character that none may have";
  let end = lineEnd(text, 0);
  const [, minor, status] = STATUS_LINE.exec(text.slice(0, end)) ?? [];
  if (status === undefined) return "it does not begin with a status line of HTTP/1.1";
  const headers: Header[] = [];
  let length: string | undefined;
  let isChunked = false;
  let keepAlive = minor === "1";
  let keptSeconds: number | undefined;
  while (end < text.length) {
    const start = end + 2;
    end = lineEnd(text, start);
    const colon = text.indexOf(":", start);
    const name = text.slice(start, Math.max(colon, start)).toLowerCase();
    if (colon > end || !NAME.test(name)) return "a line of its head is no header";
    const value = trimmed(text, colon + 1, end);
    headers.push([name, value]);
    switch (name) {
      case "content-length":
        if (!LENGTH.test(value) || (length !== undefined && length !== value)) return "its length is not a number";
        length = value;
        break;
      case "transfer-encoding":
        if (isChunked || value.toLowerCase() !== "chunked") return "its transfer encoding is another than chunked";
        isChunked = true;
        break;
      case "connection":
        if (CLOSES.test(value)) keepAlive = false;
        break;
      case "keep-alive": {
        const timeout = TIMEOUT.exec(value)?.[1];
        if (timeout !== undefined) keptSeconds = Number(timeout);
        break;
      }
      default:
    }
  }
  if (isChunked && (length !== undefined || minor === "0")) return "its length is told in two ways";
  const framing = isChunked ? "chunked" : length === undefined ? "close" : Number(length);
  return { status: Number(status), headers, framing, keepAlive, keptSeconds };
}

/** A value without the blanks around it. Not `trim()`: that takes U+00A0 for one, which here is a byte, such as the last one of `à`. */
function trimmed(text: string, start: number, end: number): string {
  let [from, to] = [start, end];
  while (from < to && isBlank(text.charCodeAt(from))) from += 1;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

const isBlank = (code: number): boolean => code === 32 || code === 9;

/** Where a line ends: before its CR LF, or with the text. */
function lineEnd(text: string, start: number): number {
  const end = text.indexOf("\r\n", start);
  return end < 0 ? text.length : end;
}
