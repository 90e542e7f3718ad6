import type { WireReply } from "../../terms/wire.ts";
import type { Held } from "./held.ts";

type Body = WireReply["body"];
type Pieces = Iterator<Uint8Array> | AsyncIterator<Uint8Array>;

const piecesOf = (body: Body): Pieces => {
  if (body instanceof Uint8Array) return [body].values();
  return Symbol.asyncIterator in body ? body[Symbol.asyncIterator]() : body[Symbol.iterator]();
};

/** Not generators, all of these: one that is told to return while it waits for a piece would wait on. */
function bodyOf(open: () => { next: () => Promise<Uint8Array | undefined>; return: () => unknown }): Body {
  return {
    [Symbol.asyncIterator]: (): AsyncIterator<Uint8Array> => {
      const source = open();
      return {
        next: async () => {
          const value = await source.next();
          return value === undefined ? { done: true, value: undefined } : { done: false, value };
        },
        return: async () => {
          await source.return();
          return { done: true, value: undefined };
        },
      };
    },
  };
}

/**
 * The beginning of a body.
 *
 * @param bytes How much of it; a body that is shorter is given as a whole.
 */
export function beginningOf(body: Body, bytes: number): Body {
  if (body instanceof Uint8Array) return body.subarray(0, bytes);
  return bodyOf(() => {
    const pieces = piecesOf(body);
    let left = bytes;
    return {
      next: async () => {
        const next = left > 0 ? await pieces.next() : undefined;
        if (next === undefined || next.done === true) {
          if (left <= 0) await pieces.return?.();
          return undefined;
        }
        const piece = next.value.subarray(0, left);
        left -= piece.length;
        return piece;
      },
      return: () => pieces.return?.(),
    };
  });
}

/** A body behind whose last piece nothing comes, not even its end, until it is let go of. */
export function stalled(body: Body, held: Held): Body {
  return bodyOf(() => {
    const pieces = piecesOf(body);
    const { released, release } = held.hold();
    return {
      next: async () => {
        const next = await pieces.next();
        if (next.done !== true) return next.value;
        await released;
        return undefined;
      },
      return: () => {
        release();
        return pieces.return?.();
      },
    };
  });
}

/**
 * A body in other pieces.
 *
 * @param nextBytes How long the next piece is at most, in bytes.
 * @param everyMs Time between two of them, in milliseconds; never nothing, so that they do not go out together.
 */
export function inPieces(body: Body, nextBytes: () => number, everyMs: number): Body {
  return bodyOf(() => {
    const pieces = piecesOf(body);
    let rest: Uint8Array = new Uint8Array();
    let isFirst = true;
    let isOver = false;
    let wake = (): void => undefined;
    return {
      next: async () => {
        while (rest.length === 0) {
          const next = await pieces.next();
          if (next.done === true) return undefined;
          rest = next.value;
        }
        if (!isFirst && !isOver) {
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, everyMs);
            wake = () => {
              clearTimeout(timer);
              resolve();
            };
          });
        }
        isFirst = false;
        if (isOver) return undefined;
        const bytes = nextBytes();
        const piece = rest.subarray(0, bytes);
        rest = rest.subarray(bytes);
        return piece;
      },
      return: () => {
        isOver = true;
        wake();
        return pieces.return?.();
      },
    };
  });
}
