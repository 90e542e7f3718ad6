import { invalid } from "../check-reply.ts";
import type { Reply } from "../handler.ts";
import { gather } from "./gather.ts";

/** An iterator of the pieces of a body. */
export type Pieces = Iterator<Uint8Array> | AsyncIterator<Uint8Array>;

/** Longer bodies are cut: how far a client has come is seen between two writes. */
const SLICED_BYTES = 262_144;

const NO_BYTES = /* @__PURE__ */ new Uint8Array();

/**
 * What to write of a body: all of it where it is ready at once and fits in one write, otherwise its pieces.
 *
 * @param declaredBytes How long the reply says that its body is; another length than that is an error.
 */
export function toPieces(body: Reply["body"], declaredBytes: number | undefined): Uint8Array | Pieces {
  const found = ready(body);
  if (declaredBytes === undefined || body instanceof Uint8Array) return found;
  return counted(found instanceof Uint8Array ? [found].values() : found, declaredBytes);
}

function ready(body: Reply["body"]): Uint8Array | Pieces {
  if (body instanceof Uint8Array) return body.length <= SLICED_BYTES ? body : slice(body);
  if (Symbol.asyncIterator in body) return body[Symbol.asyncIterator]();
  // What is one piece already needs no gathering.
  if (Array.isArray(body) && body.length === 1) return ready(body[0] as Uint8Array);
  const gathered = gather(body);
  const first = gathered.next();
  if (first.done === true) return NO_BYTES;
  const second = gathered.next();
  return second.done === true ? first.value : prepend([first.value, second.value], gathered);
}

function* slice(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += SLICED_BYTES) yield bytes.subarray(at, at + SLICED_BYTES);
}

function* prepend(first: readonly Uint8Array[], rest: Generator<Uint8Array>): Generator<Uint8Array> {
  try {
    yield* first;
    yield* rest;
  } finally {
    rest.return(undefined);
  }
}

/** Holds pieces to a length. */
function counted(pieces: Pieces, declaredBytes: number): Pieces {
  let left = declaredBytes;
  return {
    next: async () => {
      const next = await pieces.next();
      if (next.done !== true) left -= next.value.length;
      else if (left > 0) throw invalid(`its body is ${left} bytes shorter than its content-length`);
      if (left < 0) throw invalid(`its body is longer than its content-length, ${declaredBytes}`);
      return next;
    },
    return: async () => {
      await pieces.return?.();
      return { done: true, value: undefined };
    },
  };
}

/** Tells the source of a body that nobody needs the rest; does not wait until it has heard it. */
export function stopPieces(pieces: Pieces): void {
  try {
    void Promise.resolve(pieces.return?.()).catch(() => {});
  } catch {
    // What it throws while it is let go of concerns nobody.
  }
}

/** Tells the source of a body that nobody needs any of it. */
export function stopBody(body: Reply["body"]): void {
  if (body instanceof Uint8Array) return;
  try {
    stopPieces(Symbol.asyncIterator in body ? body[Symbol.asyncIterator]() : body[Symbol.iterator]());
  } catch {
    // The same.
  }
}
