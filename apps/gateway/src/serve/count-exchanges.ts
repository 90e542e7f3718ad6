import type { Handler } from "@claude-on-aws/listen";

/** Counts the exchanges of a handler. */
export interface CountedExchanges {
  readonly handler: Handler;
  /** How many are under way. */
  readonly underWay: () => number;
  /** How many the server broke off. */
  readonly brokenOff: () => number;
  /** Resolves when none is under way. */
  readonly settled: () => Promise<void>;
}

/**
 * Wraps a handler so that its exchanges are counted, from their head to their end.
 *
 * @param handler Answers.
 * @returns The same, and its counts.
 */
export function countExchanges(handler: Handler): CountedExchanges {
  let count = 0;
  let brokenOff = 0;
  let waiting: (() => void)[] = [];
  const leave = (): void => {
    count -= 1;
    if (count > 0) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  return {
    underWay: () => count,
    brokenOff: () => brokenOff,
    settled: () => (count === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    handler: async (head, request) => {
      count += 1;
      try {
        const reply = await handler(head, request);
        return {
          ...reply,
          onEnd: (end) => {
            if (end.outcome === "server-cut") brokenOff += 1;
            leave();
            reply.onEnd?.(end);
          },
        };
      } catch (error) {
        leave();
        throw error;
      }
    },
  };
}
