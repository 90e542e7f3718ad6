import { parseDisposition } from "./parse-disposition.ts";

/** One part of a form. */
export interface FormPart {
  readonly name: string;
  /** As the client wrote it, decoded; absent where the part is no file. */
  readonly filename?: string;
  /** Essence of the content type, in lower case; absent where the part names none. */
  readonly contentType?: string;
  /** A view of the body that was parsed. */
  readonly content: Uint8Array;
}

/** What is wrong with a form. */
export class MultipartError extends TypeError {
  override readonly name = "MultipartError";
  readonly code: "BOUNDARY_MISSING" | "FORM_MALFORMED" | "TOO_MANY_PARTS" | "PART_HEADERS_TOO_LARGE";

  constructor(code: MultipartError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** Limits of {@link parseMultipart}. */
export interface MultipartLimits {
  /**
   * The most parts of a form.
   *
   * @default {32}
   */
  readonly maxParts?: number;
  /**
   * The most bytes that the headers of a part take.
   *
   * @default {8192}
   */
  readonly maxPartHeaderBytes?: number;
}

const BOUNDARY = /^[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]$/;
const DASH = 0x2d;
const CR = 0x0d;
const LF = 0x0a;
const SPACE = 0x20;
const TAB = 0x09;

/**
 * Reads a form of `multipart/form-data`. Nothing is copied, and every byte is
 * looked at once: a boundary counts only at the beginning of a line, and only
 * where the line ends after it.
 *
 * @param contentType The content type of the request, which names the boundary.
 * @param body The whole form.
 * @returns Its parts in order.
 * @throws {MultipartError} `BOUNDARY_MISSING` where the content type names none that is well formed, `FORM_MALFORMED`
 * where the form is cut or not a form, `TOO_MANY_PARTS` and `PART_HEADERS_TOO_LARGE` at a limit.
 * @see {@link https://www.rfc-editor.org/rfc/rfc7578 | RFC 7578}, {@link https://www.rfc-editor.org/rfc/rfc2046#section-5.1 | RFC 2046, 5.1}
 */
export function parseMultipart(contentType: string, body: Uint8Array, limits: MultipartLimits = {}): FormPart[] {
  const { maxParts = 32, maxPartHeaderBytes = 8192 } = limits;
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  const delimiter = `--${boundaryOf(contentType)}`;
  const parts: FormPart[] = [];
  let line = findDelimiter(bytes, delimiter, 0);
  while (line !== undefined && !line.isLast) {
    if (parts.length >= maxParts)
      throw new MultipartError("TOO_MANY_PARTS", `The form has more than ${maxParts} parts`);
    const next = findDelimiter(bytes, delimiter, line.end);
    if (next === undefined) break;
    parts.push(parsePart(bytes.subarray(line.end, next.start), maxPartHeaderBytes));
    line = next;
  }
  if (line?.isLast === true) return parts;
  throw new MultipartError("FORM_MALFORMED", "The form does not end with its boundary");
}

function boundaryOf(contentType: string): string {
  const [essence = "", ...parameters] = contentType.split(";");
  if (essence.trim().toLowerCase() === "multipart/form-data") {
    for (const parameter of parameters) {
      const equals = parameter.indexOf("=");
      if (equals < 0 || parameter.slice(0, equals).trim().toLowerCase() !== "boundary") continue;
      const value = parameter.slice(equals + 1).trim();
      const boundary = value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
      if (BOUNDARY.test(boundary)) return boundary;
    }
  }
  throw new MultipartError("BOUNDARY_MISSING", "The content type names no boundary of a form");
}

/** A line that separates one part from the next. */
interface DelimiterLine {
  /** Where the part before ends: the line break before the boundary belongs to the boundary. */
  readonly start: number;
  /** Where the next line begins. */
  readonly end: number;
  readonly isLast: boolean;
}

/** @param from Follows a line break, or is the beginning. */
function findDelimiter(bytes: Buffer, delimiter: string, from: number): DelimiterLine | undefined {
  const here = bytes.subarray(from, from + delimiter.length).toString("latin1") === delimiter;
  const first = here ? readDelimiter(bytes, from, from + delimiter.length) : undefined;
  if (first !== undefined) return first;
  // With the line break before it, what is looked for cannot overlap itself: the search stays linear whatever the boundary.
  const line = `\r\n${delimiter}`;
  for (let at = bytes.indexOf(line, from); at >= 0; at = bytes.indexOf(line, at + line.length)) {
    const found = readDelimiter(bytes, at, at + line.length);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Reads what follows a boundary; `undefined` where its line goes on with something else. */
function readDelimiter(bytes: Buffer, start: number, after: number): DelimiterLine | undefined {
  const isLast = bytes[after] === DASH && bytes[after + 1] === DASH;
  let end = isLast ? after + 2 : after;
  // Senders may pad the line.
  while (bytes[end] === SPACE || bytes[end] === TAB) end++;
  if (bytes[end] === CR && bytes[end + 1] === LF) return { start, end: end + 2, isLast };
  return isLast && end === bytes.length ? { start, end, isLast } : undefined;
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });
const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):(.*)$/;

function parsePart(part: Buffer, maxHeaderBytes: number): FormPart {
  const end = endOfHeaders(part, maxHeaderBytes);
  const headers = parseHeaders(part.subarray(0, end));
  const disposition = parseDisposition(headers.get("content-disposition") ?? "");
  if (disposition === undefined) {
    throw new MultipartError("FORM_MALFORMED", "A part of the form has no content-disposition with a name");
  }
  const contentType = headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  const content = part.subarray(end === 0 ? 2 : end + 4);
  return { ...disposition, ...(contentType === undefined ? {} : { contentType }), content };
}

function endOfHeaders(part: Buffer, maxHeaderBytes: number): number {
  if (part[0] === CR && part[1] === LF) return 0;
  const end = part.subarray(0, maxHeaderBytes + 4).indexOf("\r\n\r\n");
  if (end >= 0) return end;
  if (part.length > maxHeaderBytes) {
    throw new MultipartError("PART_HEADERS_TOO_LARGE", `The headers of a part are longer than ${maxHeaderBytes} bytes`);
  }
  throw new MultipartError("FORM_MALFORMED", "A part of the form has no end of its headers");
}

function parseHeaders(bytes: Buffer): Map<string, string> {
  const headers = new Map<string, string>();
  if (bytes.length === 0) return headers;
  for (const line of decode(bytes).split("\r\n")) {
    const [, name, value] = HEADER.exec(line) ?? [];
    const key = name?.toLowerCase();
    // What is sent twice is read differently by different readers, and a lone line break is one to some of them.
    if (key === undefined || value === undefined || headers.has(key)) {
      throw new MultipartError("FORM_MALFORMED", "A header of a part is malformed, or sent twice");
    }
    headers.set(key, value.trim());
  }
  return headers;
}

function decode(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new MultipartError("FORM_MALFORMED", "The headers of a part are not UTF-8");
  }
}
