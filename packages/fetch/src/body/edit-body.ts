/** A range of a body, in bytes, and the JSON that takes its place. */
export interface BodyEdit {
  readonly start: number;
  readonly end: number;
  /** The new value, as JSON. */
  readonly json: string;
}

/** A body after its edits. */
export interface EditedBody {
  readonly body: Uint8Array;
  /** Where the bytes of each edit stand now, in the order of the edits. */
  readonly ranges: readonly { readonly start: number; readonly end: number }[];
}

/**
 * Puts other values into ranges of a body. Every other byte stays what it was.
 *
 * @param body The body; it is not changed.
 * @param edits The edits, in ascending order and apart from each other; none leaves the body itself.
 * @returns The new body, and where the edits are in it.
 */
export function editBody(body: Uint8Array, edits: readonly BodyEdit[]): EditedBody {
  if (edits.length === 0) return { body, ranges: [] };
  const pieces = edits.map(({ json }) => encode(json));
  let { length } = body;
  for (let index = 0; index < edits.length; index += 1) {
    const { start, end } = edits[index] as BodyEdit;
    length += (pieces[index] as Piece).length - (end - start);
  }
  const edited = new Uint8Array(length);
  const ranges: { start: number; end: number }[] = [];
  let [read, written] = [0, 0];
  for (let index = 0; index < edits.length; index += 1) {
    const { start, end } = edits[index] as BodyEdit;
    const piece = pieces[index] as Piece;
    if (start > read) edited.set(body.subarray(read, start), written);
    written += start - read;
    if (typeof piece === "string") writeAscii(piece, edited, written);
    else edited.set(piece, written);
    ranges.push({ start: written, end: written + piece.length });
    written += piece.length;
    read = end;
  }
  edited.set(body.subarray(read), written);
  return { body: edited, ranges };
}

const utf8 = /* @__PURE__ */ new TextEncoder();

/** A short text in ASCII as it is, anything else in UTF-8: its length is that in bytes. */
type Piece = string | Uint8Array;

/** Bytes of their own cost more than to write a text of this length byte by byte. */
const SHORT_ASCII = /^[ -~]{0,128}$/;

const encode = (json: string): Piece => (SHORT_ASCII.test(json) ? json : utf8.encode(json));

function writeAscii(text: string, into: Uint8Array, from: number): void {
  for (let at = 0; at < text.length; at += 1) into[from + at] = text.charCodeAt(at);
}
