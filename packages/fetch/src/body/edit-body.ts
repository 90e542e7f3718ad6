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
  for (const [index, { start, end }] of edits.entries()) length += (pieces[index] ?? NO_BYTES).length - (end - start);
  const edited = new Uint8Array(length);
  const ranges: { start: number; end: number }[] = [];
  let [read, written] = [0, 0];
  for (const [index, { start, end }] of edits.entries()) {
    const piece = pieces[index] ?? NO_BYTES;
    if (start > read) edited.set(body.subarray(read, start), written);
    written += start - read;
    edited.set(piece, written);
    ranges.push({ start: written, end: written + piece.length });
    written += piece.length;
    read = end;
  }
  edited.set(body.subarray(read), written);
  return { body: edited, ranges };
}

const NO_BYTES = /* @__PURE__ */ new Uint8Array();

const utf8 = /* @__PURE__ */ new TextEncoder();

const encode = (json: string): Uint8Array => (json === "" ? NO_BYTES : utf8.encode(json));
