import type { Caller } from "../terms/caller.ts";
import type { OwnRefusal } from "../terms/own-refusal.ts";
import { refuse } from "../refusals/own-refusals.ts";

/** Counts what callers have under way. */
export interface Concurrency {
  /**
   * Lets a request in.
   *
   * @param caller Whose it is.
   * @returns What lets go of its place, once, however often it is called; or why there is none.
   */
  readonly enter: (caller: Caller) => (() => void) | OwnRefusal;
  /** How many requests of a caller are under way. */
  readonly underWay: (caller: Caller) => number;
}

const keyOf = ({ proof, name }: Caller): string => `${proof}:${name}`;

/**
 * Makes what counts the requests of each caller. Only callers with something under way are remembered.
 *
 * @returns The counter.
 */
export function createConcurrency(): Concurrency {
  const counts = new Map<string, number>();
  const leave = (key: string): void => {
    const count = (counts.get(key) ?? 1) - 1;
    if (count === 0) counts.delete(key);
    else counts.set(key, count);
  };
  return {
    underWay: (caller) => counts.get(keyOf(caller)) ?? 0,
    enter(caller) {
      const key = keyOf(caller);
      const count = counts.get(key) ?? 0;
      const { maxConcurrent } = caller.limits;
      if (maxConcurrent !== null && count >= maxConcurrent) {
        return refuse(
          "TOO_MANY_AT_ONCE",
          `Cannot take the request: ${count} of this caller are under way, and it may have ${maxConcurrent} at once; wait until one is over`,
          [["retry-after", "1"]],
        );
      }
      counts.set(key, count + 1);
      let isIn = true;
      return () => {
        if (isIn) leave(key);
        isIn = false;
      };
    },
  };
}
