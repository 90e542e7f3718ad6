/** What a keeper knows of time. Its own clock only measures how long something takes: what a window is, the store says. */
export interface Timing {
  /** Milliseconds since whenever, which never go back. */
  readonly elapsedMs: () => number;
  /** Calls a function after some milliseconds, and returns what takes that back. */
  readonly after: (ms: number, call: () => void) => () => void;
}

/** The time of the process. What waits does not keep the process running. */
export const PROCESS_TIMING: Timing = {
  elapsedMs: () => performance.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
