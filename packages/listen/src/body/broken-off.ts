import type { Cut, Reply } from "../handler.ts";
import { ListenError } from "../listen-error.ts";

/** The error of an exchange whose reply asked to be broken off. */
export class CutOff extends ListenError {
  readonly by: Cut["by"];

  constructor(by: Cut["by"]) {
    super("CUT", "Cannot finish the exchange: the reply was broken off, as it asked to be");
    this.by = by;
  }
}

/**
 * A body that fails behind its last piece.
 *
 * @returns Not a generator: one that is left while it waits for a piece would wait on.
 */
export function brokenOff(body: Reply["body"], by: Cut["by"]): AsyncIterable<Uint8Array> {
  const source = body instanceof Uint8Array ? [body] : body;
  return {
    [Symbol.asyncIterator]: (): AsyncIterator<Uint8Array> => {
      const pieces = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
      return {
        next: async () => {
          const next = await pieces.next();
          if (next.done === true) throw new CutOff(by);
          return next;
        },
        return: async () => {
          await pieces.return?.();
          return { done: true, value: undefined };
        },
      };
    },
  };
}
