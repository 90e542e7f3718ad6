import type { WireReply } from "../terms/wire.ts";

/** What is kept of the body of a reply as it goes by. */
export interface KeptReplyBody {
  /** Its beginning, in the pieces in which it was sent. */
  readonly pieces: Uint8Array[];
  /** Length of what went by so far. */
  bytes: number;
}

/**
 * Keeps the beginning of a body without holding it up: each piece is noted as it is asked for.
 *
 * @param body The body of a reply.
 * @param maxBytes The most that is kept.
 * @returns The body to send in its place, and what is kept of it.
 */
export function keepReplyBody(
  body: WireReply["body"],
  maxBytes: number,
): { readonly body: WireReply["body"]; readonly kept: KeptReplyBody } {
  const kept: KeptReplyBody = { pieces: [], bytes: 0 };
  let left = maxBytes;
  const note = (piece: Uint8Array): Uint8Array => {
    kept.bytes += piece.length;
    // A copy: what a scenario in code gives may be written again.
    if (left > 0) kept.pieces.push(new Uint8Array(piece.subarray(0, left)));
    left -= piece.length;
    return piece;
  };
  if (body instanceof Uint8Array) return { body: note(body), kept };
  if (Array.isArray(body)) return { body: body.map(note), kept };
  return { body: Symbol.asyncIterator in body ? noteAll(body, note) : noteEach(body, note), kept };
}

/** Not a generator: one that is told to return while it waits for a piece would wait on, and a body may never end. */
function noteAll(
  body: AsyncIterable<Uint8Array>,
  note: (piece: Uint8Array) => Uint8Array,
): AsyncIterableIterator<Uint8Array> {
  const pieces = body[Symbol.asyncIterator]();
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: async () => {
      const next = await pieces.next();
      return next.done === true ? next : { done: false, value: note(next.value) };
    },
    return: async () => {
      await pieces.return?.();
      return { done: true, value: undefined };
    },
  };
}

// A generator that is told to return tells what it iterates.
function* noteEach(body: Iterable<Uint8Array>, note: (piece: Uint8Array) => Uint8Array): Generator<Uint8Array> {
  for (const piece of body) yield note(piece);
}
