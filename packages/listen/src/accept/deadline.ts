import { clearTimeout, setTimeout } from "node:timers";

/**
 * Begins a deadline.
 *
 * @param passed Called once it has passed.
 * @param afterMs When that is, from the call on.
 * @returns Calls it off; does nothing where it has passed.
 */
export type StartDeadline = (passed: () => void, afterMs: number) => () => void;

/** Deadlines of the runtime's own clock. */
export const startDeadline: StartDeadline = (passed, afterMs) => {
  const timer = setTimeout(passed, afterMs);
  return () => clearTimeout(timer);
};
