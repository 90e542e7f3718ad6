import type { Reply } from "./handler.ts";
import { ListenError } from "./listen-error.ts";

const MIN_STATUS = 200;
const MAX_STATUS = 999;
const TOKEN = /^[!#$%&'*+\-.^_`|~\w]+$/;
const VALUE = /^[\t -~\x80-\xff]*$/;

/** What a header of a reply is to whoever writes it. */
export type HeaderKind = "ordinary" | "connection" | "of-connection" | "content-length" | "date";

/** Names that mean something to whoever writes a reply. */
const KINDS: Readonly<Record<string, HeaderKind>> = {
  __proto__: null as never,
  connection: "connection",
  "content-length": "content-length",
  date: "date",
  "keep-alive": "of-connection",
  "proxy-connection": "of-connection",
  "transfer-encoding": "of-connection",
  upgrade: "of-connection",
};

/** Names as they were given: a server writes the same few again and again. */
const seen = new Map<string, HeaderKind>();
const MAX_SEEN = 1_024;

/**
 * What a header is.
 *
 * @throws {ListenError} `REPLY_INVALID` where it is no name of a header.
 */
export function headerKind(name: string): HeaderKind {
  const known = seen.get(name);
  if (known !== undefined) return known;
  if (!TOKEN.test(name)) throw invalid(`${JSON.stringify(name)} is no name of a header`);
  const kind = KINDS[name.toLowerCase()] ?? "ordinary";
  if (seen.size < MAX_SEEN) seen.set(name, kind);
  return kind;
}

/** @throws {ListenError} `REPLY_INVALID` where the value would not arrive as what it is. */
export function checkValue(name: string, value: string): void {
  // The value may be a secret.
  if (!VALUE.test(value)) throw invalid(`header ${name} has a value with a character that none may have`);
}

/** @throws {ListenError} `REPLY_INVALID` where it is no status of a reply. */
export function checkStatus(status: number): void {
  if (!Number.isInteger(status) || status < MIN_STATUS || status > MAX_STATUS) {
    throw invalid(`its status is ${status}, expected ${MIN_STATUS} to ${MAX_STATUS}`);
  }
}

/** The error for a reply that is none. */
export const invalid = (detail: string): ListenError =>
  new ListenError("REPLY_INVALID", `Cannot write the reply: ${detail}`);

const LENGTH = /^\d{1,15}$/;

/**
 * The length that a reply has, or says that its body has.
 *
 * @param declared Its `content-length`, where it has one.
 * @param isBodyless Whether the body is left out, as in an answer to HEAD, which may say the length that GET has.
 * @returns `undefined` where the body comes in pieces of which nobody knows the length.
 * @throws {ListenError} `REPLY_INVALID` where that is no length, or another one.
 */
export function lengthOf({ body, cut }: Reply, declared: string | undefined, isBodyless: boolean): number | undefined {
  if (declared !== undefined && !LENGTH.test(declared)) throw invalid(`its content-length is "${declared}"`);
  const said = declared === undefined ? undefined : Number(declared);
  if (typeof body !== "object" || body === null) throw invalid(`its body is ${body === null ? "null" : typeof body}`);
  // One that is broken off is shorter than it says, and says nothing where nobody asked it to.
  if (!(body instanceof Uint8Array) || cut !== undefined) return said;
  if (said !== undefined && said !== body.length && !isBodyless) {
    throw invalid(`its body has ${body.length} bytes, its content-length is ${said}`);
  }
  return said ?? body.length;
}
