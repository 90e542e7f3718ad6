import { constants } from "node:os";
import { onStopSignal } from "../fake/signals.ts";

/** What ends when the process is asked to stop. */
export interface Stop {
  /** Aborted then. */
  readonly signal: AbortSignal;
  /** The exit status, as a shell writes it: 128 and the number of the signal; `undefined` before. */
  readonly status: number | undefined;
  /** Lets the process end by a signal again. */
  readonly end: () => void;
}

/**
 * Has a signal that asks the process to stop end what is under way, in place of the process.
 *
 * @returns What is aborted, and the exit status.
 */
export function stopOnSignal(): Stop {
  const controller = new AbortController();
  let status: number | undefined;
  const end = onStopSignal((name) => {
    status = 128 + constants.signals[name];
    controller.abort();
  });
  return {
    signal: controller.signal,
    get status() {
      return status;
    },
    end,
  };
}
