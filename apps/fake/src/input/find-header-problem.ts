/** Headers that belong to the connection or say where a message ends: the server writes them. */
const OF_THE_SERVER: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** A value that every proxy and every signer reads alike. */
export const FIELD_VALUE: RegExp = /^[\t\x20-\x7e]*$/;

/** Why a header cannot be sent, and what to do. */
export interface HeaderProblem {
  readonly expected: string;
  readonly fix: string;
}

/**
 * Looks for a reason why a header cannot be sent as a part of an answer.
 *
 * @returns What was expected, and what to do; `undefined` where it can be sent.
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#name-fields | RFC 9110, 5}
 */
export function findHeaderProblem(name: string, value: string): HeaderProblem | undefined {
  if (!TOKEN.test(name)) return { expected: "the name of a header", fix: "use letters, digits and hyphens" };
  if (!FIELD_VALUE.test(value)) return { expected: "visible ASCII", fix: "encode what is not, a line break too" };
  if (!OF_THE_SERVER.has(name.toLowerCase())) return undefined;
  return { expected: "no header of the connection", fix: "remove it: the server writes it" };
}
