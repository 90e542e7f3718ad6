import { invalid } from "../check-reply.ts";
import type { Reply } from "../handler.ts";
import { byteLength, gather, join } from "./gather.ts";

/** An iterator of the pieces of a body. */
export type Pieces = Iterator<Uint8Array> | AsyncIterator<Uint8Array>;

/** Longer bodies are cut: how far a client has come is seen between two writes. */
const SLICED_BYTES = 262_144;

/**
 * What to write of a body: all of it where it is ready at once and fits in one write, in as many parts as it has; otherwise its
 * pieces, with a write for each.
 *
 * @param declaredBytes How long the reply says that its body is; another length than that is an error.
 */
export function toPieces(body: Reply["body"], declaredBytes: number | undefined): readonly Uint8Array[] | Pieces {
  const found = ready(body);
  if (declaredBytes === undefined || body instanceof Uint8Array) return found;
  return counted("next" in found ? found : [join(found)].values(), declaredBytes);
}

function ready(body: Reply["body"]): readonly Uint8Array[] | Pieces {
  if (body instanceof Uint8Array) return body.length <= SLICED_BYTES ? [body] : slice(body);
  if (Symbol.asyncIterator in body) return body[Symbol.asyncIterator]();
  if (Array.isArray(body)) {
    const parts: readonly Uint8Array[] = body;
    // What is one piece already needs no gathering; what is written at once need not be joined before.
    if (parts.length === 1 && parts[0] !== undefined) return ready(parts[0]);
    if (parts.every(isBytes) && byteLength(parts) <= SLICED_BYTES) return parts;
  }
  const gathered = gather(body);
  const first = gathered.next();
  if (first.done === true) return [];
  const second = gathered.next();
  return second.done === true ? [first.value] : prepend([first.value, second.value], gathered);
}

const isBytes = (part: unknown): boolean => part instanceof Uint8Array;

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
