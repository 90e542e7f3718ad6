import type { Timing } from "@claude-on-aws/gateway";

/** Time that goes on when a test says so. */
export interface VirtualTiming extends Timing {
  /** Goes on, and calls what becomes due on the way, in its order. */
  readonly advance: (ms: number) => void;
  /** What waits to be called. */
  readonly waiting: () => number;
}

export function createVirtualTiming(): VirtualTiming {
  let nowMs = 0;
  const due = new Set<{ atMs: number; call: () => void }>();
  return {
    elapsedMs: () => nowMs,
    after: (ms, call) => {
      const timer = { atMs: nowMs + ms, call };
      due.add(timer);
      return () => due.delete(timer);
    },
    advance: (ms) => {
      const endMs = nowMs + ms;
      for (;;) {
        const next = [...due].filter(({ atMs }) => atMs <= endMs).toSorted((one, other) => one.atMs - other.atMs)[0];
        if (next === undefined) break;
        due.delete(next);
        nowMs = Math.max(nowMs, next.atMs);
        next.call();
      }
      nowMs = endMs;
    },
    waiting: () => due.size,
  };
}

/** Lets everything happen that waits for nothing but its turn. */
export const settleDown = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
