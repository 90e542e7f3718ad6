import type { RequestHead } from "../handler.ts";

/** A head that was read, and what it says of its connection. */
export interface ParsedHead {
  readonly method: string;
  readonly target: string;
  readonly httpVersion: "1.0" | "1.1";
  readonly headers: RequestHead["headers"];
  /** Length of the body; 0 where there is none. `undefined`: it comes in chunks. */
  readonly contentLength: number | undefined;
  /** Whether another request may follow on the connection. */
  readonly keepAlive: boolean;
  /** Whether the client sends its body only when it is asked to. */
  readonly expectsContinue: boolean;
}

/** Why a request cannot be answered by its handler. */
export interface HeadProblem {
  readonly status: 400 | 405 | 417 | 501 | 505;
  readonly problem: string;
}

const TOKEN = /^[!#$%&'*+\-.^_`|~\w]+$/;
/** A path, a URL as a proxy gets it, or an asterisk. */
const TARGET = /^(?:\*|\/[!-~]*|[a-z]+:\/\/[!-~]+)$/i;
/** Bytes above ASCII stand for themselves. */
const VALUE = /^[\t -~\x80-\xff]*$/;
const VERSION = /^HTTP\/\d\.\d$/;
/** Any number of so many digits is exact. */
const LENGTH = /^\d{1,15}$/;

const bad = (problem: string): HeadProblem => ({ status: 400, problem });

/** What the headers say of the message itself. */
interface Framing {
  hosts: number;
  contentLength: number | undefined;
  chunked: boolean;
  close: boolean;
  expectsContinue: boolean;
}

/**
 * Reads the head of a request: strictly, since what two readers of one connection understand differently is how requests
 * are smuggled. No folded lines, no bare CR or LF, no space before a colon, one length or chunks.
 *
 * @param text From the request line to the last header, without the empty line, one character a byte.
 * @see {@link https://www.rfc-editor.org/rfc/rfc9112 | RFC 9112}, sections 2 to 6
 */
export function parseHead(text: string): ParsedHead | HeadProblem {
  let end = lineEnd(text, 0);
  const method = text.slice(0, Math.max(text.indexOf(" "), 0));
  const targetEnd = text.indexOf(" ", method.length + 1);
  const target = text.slice(method.length + 1, Math.max(targetEnd, 0));
  const version = text.slice(targetEnd + 1, end);
  if (method === "CONNECT") return { status: 405, problem: "this server opens no tunnels" };
  if (targetEnd < 0 || targetEnd > end || !TOKEN.test(method) || !TARGET.test(target)) {
    return bad("its first line is not a method, a target and a version");
  }
  if (version !== "HTTP/1.1" && version !== "HTTP/1.0") {
    if (!VERSION.test(version)) return bad("its first line does not end with a version of HTTP");
    return { status: 505, problem: "this server speaks HTTP/1.0, HTTP/1.1 and HTTP/2" };
  }
  const headers: [name: string, value: string][] = [];
  const framing: Framing = {
    hosts: 0,
    contentLength: undefined,
    chunked: false,
    close: false,
    expectsContinue: false,
  };
  while (end < text.length) {
    const start = end + 2;
    end = lineEnd(text, start);
    const colon = text.indexOf(":", start);
    if (colon < 0 || colon > end) return bad("a line of its head has no colon");
    const name = text.slice(start, colon);
    const value = trim(text, colon + 1, end);
    if (!TOKEN.test(name)) return bad("a header has a name that is none");
    if (!VALUE.test(value)) return bad("a header has a value with a character that none may have");
    headers.push([name, value]);
    const read = READERS[name.length];
    const problem = read === undefined ? undefined : read(name, value, framing);
    if (problem !== undefined) return problem;
  }
  return finish(method, target, version === "HTTP/1.1" ? "1.1" : "1.0", headers, framing);
}

function finish(
  method: string,
  target: string,
  httpVersion: "1.0" | "1.1",
  headers: RequestHead["headers"],
  { hosts, contentLength, chunked, close, expectsContinue }: Framing,
): ParsedHead | HeadProblem {
  const isCurrent = httpVersion === "1.1";
  if (hosts > 1 || (isCurrent && hosts === 0)) return bad(`it has ${hosts} Host headers, expected one`);
  if (chunked && contentLength !== undefined) return bad("it has a length and chunks");
  if (chunked && !isCurrent) return bad("HTTP/1.0 has no chunks");
  return {
    method,
    target,
    httpVersion,
    headers,
    contentLength: chunked ? undefined : (contentLength ?? 0),
    keepAlive: isCurrent && !close,
    expectsContinue: isCurrent && expectsContinue,
  };
}

/** Reads a header that may say something of the message. */
type Reader = (name: string, value: string, framing: Framing) => HeadProblem | undefined;

/** By the length of the name, since most headers say nothing and need not be put in lower case to be told so. */
const READERS: readonly (Reader | undefined)[] = /* @__PURE__ */ Array.from(
  { length: 18 },
  (_, length) =>
    ({
      4: readHost,
      6: readExpect,
      10: readConnection,
      14: readContentLength,
      17: readTransferEncoding,
    })[length],
);

function readHost(name: string, _value: string, framing: Framing): undefined {
  if (name.toLowerCase() === "host") framing.hosts++;
}

function readExpect(name: string, value: string, framing: Framing): HeadProblem | undefined {
  if (name.toLowerCase() !== "expect") return undefined;
  if (value.toLowerCase() !== "100-continue") return { status: 417, problem: "only 100-continue can be expected" };
  framing.expectsContinue = true;
  return undefined;
}

function readConnection(name: string, value: string, framing: Framing): undefined {
  if (name.toLowerCase() === "connection" && hasToken(value, "close")) framing.close = true;
}

function readContentLength(name: string, value: string, framing: Framing): HeadProblem | undefined {
  if (name.toLowerCase() !== "content-length") return undefined;
  if (framing.contentLength !== undefined) return bad("it has more than one length");
  if (!LENGTH.test(value)) return bad("its length is not a number");
  framing.contentLength = Number(value);
  return undefined;
}

function readTransferEncoding(name: string, value: string, framing: Framing): HeadProblem | undefined {
  if (name.toLowerCase() !== "transfer-encoding") return undefined;
  if (framing.chunked) return bad("it has more than one transfer encoding");
  if (value.toLowerCase() !== "chunked") {
    return { status: 501, problem: "of the transfer encodings this server knows chunked alone" };
  }
  framing.chunked = true;
  return undefined;
}

/** Where a line ends: before its CR LF, or with the text. */
function lineEnd(text: string, start: number): number {
  const end = text.indexOf("\r\n", start);
  return end < 0 ? text.length : end;
}

const TAB = 9;
const SPACE = 32;

/** A part of a text without the spaces and tabs around it. */
function trim(text: string, start: number, end: number): string {
  let from = start;
  let to = end;
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

const isBlank = (code: number): boolean => code === SPACE || code === TAB;

/** Whether a list of words holds one, whatever its case. */
export const hasToken = (list: string, token: string): boolean =>
  list.split(",").some((word) => word.trim().toLowerCase() === token);
