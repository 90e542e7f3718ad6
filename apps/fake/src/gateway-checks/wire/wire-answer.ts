import type { ByteReader } from "./byte-reader.ts";

/** How the body of an answer ended: as its framing says, or before. */
export type AnswerEnd = "whole" | "cut";

/** An answer whose body is read as it comes. */
export class WireAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly #pieces: AsyncGenerator<Uint8Array, AnswerEnd>;
  #end: AnswerEnd | undefined;

  constructor(
    status: number,
    headers: readonly (readonly [name: string, value: string])[],
    pieces: AsyncGenerator<Uint8Array, AnswerEnd>,
  ) {
    this.status = status;
    this.headers = headers;
    this.#pieces = pieces;
  }

  /** How it ended; `undefined` while it has not. */
  get end(): AnswerEnd | undefined {
    return this.#end;
  }

  /** The value of a header, the first of several. */
  header(name: string): string | undefined {
    return this.headers.find(([each]) => each.toLowerCase() === name)?.[1];
  }

  /** The next piece of the body; `undefined` where there is none. */
  async next(): Promise<Uint8Array | undefined> {
    if (this.#end !== undefined) return undefined;
    const { done, value } = await this.#pieces.next();
    if (done !== true) return value;
    this.#end = value;
    return undefined;
  }
}

/** Statuses without a body. */
const BODILESS: ReadonlySet<number> = new Set([204, 304]);

/**
 * Reads the head of an answer, and its body as somebody asks for it.
 *
 * @param reader What the server sends.
 * @param method The method of the request.
 * @returns The answer; `undefined` where the connection ended before its head was whole.
 * @see {@link https://www.rfc-editor.org/rfc/rfc9112#section-6.3 | RFC 9112, 6.3: how long a body is}
 */
export async function readAnswer(reader: ByteReader, method: string): Promise<WireAnswer | undefined> {
  for (;;) {
    const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec((await reader.line()) ?? "")?.[1]);
    if (Number.isNaN(status)) return undefined;
    const headers = await readHeaders(reader);
    if (headers === undefined) return undefined;
    // What comes before the answer itself, such as 100.
    if (status < 200) continue;
    const hasBody = method !== "HEAD" && !BODILESS.has(status);
    return new WireAnswer(status, headers, hasBody ? readBody(reader, headers) : readLength(reader, 0));
  }
}

type Headers = readonly (readonly [name: string, value: string])[];

/** More headers than any server sends. */
const MAX_HEADERS = 1000;

async function readHeaders(reader: ByteReader): Promise<Headers | undefined> {
  const headers: [string, string][] = [];
  while (headers.length <= MAX_HEADERS) {
    const line = await reader.line();
    if (line === undefined) return undefined;
    if (line === "") return headers;
    const colon = line.indexOf(":");
    headers.push([line.slice(0, colon), line.slice(colon + 1).trim()]);
  }
  return undefined;
}

function readBody(reader: ByteReader, headers: Headers): AsyncGenerator<Uint8Array, AnswerEnd> {
  const value = (name: string): string | undefined => headers.find(([each]) => each.toLowerCase() === name)?.[1];
  if (value("transfer-encoding")?.toLowerCase().endsWith("chunked")) return readChunks(reader);
  const length = value("content-length");
  if (length === undefined) return readToEnd(reader);
  return readLength(reader, /^[0-9]{1,15}$/.test(length) ? Number(length) : Number.NaN);
}

async function* readLength(reader: ByteReader, length: number): AsyncGenerator<Uint8Array, AnswerEnd> {
  // Where nobody knows its end, nobody has seen it.
  if (Number.isNaN(length)) return "cut";
  for (let left = length; left > 0;) {
    const piece = await reader.some(left);
    if (piece === undefined) return "cut";
    left -= piece.length;
    yield piece;
  }
  return "whole";
}

async function* readChunks(reader: ByteReader): AsyncGenerator<Uint8Array, AnswerEnd> {
  for (;;) {
    const length = Number.parseInt((await reader.line()) ?? "", 16);
    if (Number.isNaN(length)) return "cut";
    if (length === 0) return (await readHeaders(reader)) === undefined ? "cut" : "whole";
    if ((yield* readLength(reader, length)) === "cut" || (await reader.line()) !== "") return "cut";
  }
}

async function* readToEnd(reader: ByteReader): AsyncGenerator<Uint8Array, AnswerEnd> {
  for (;;) {
    const piece = await reader.some(Number.POSITIVE_INFINITY);
    // Nothing tells whether that was meant.
    if (piece === undefined) return "whole";
    yield piece;
  }
}
