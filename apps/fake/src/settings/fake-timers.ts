/** What measures time and waits: for a test that moves the clock instead of waiting for it. */
export interface FakeTimers {
  /** The time in milliseconds, from any beginning. */
  readonly now: () => number;
  /** Calls back once, after a number of milliseconds. */
  readonly setTimeout: (callback: () => void, delayMs: number) => unknown;
  /** Forgets a callback. */
  readonly clearTimeout: (handle: unknown) => void;
}

/** Timers of the runtime, looked up only when they are used. */
export const RUNTIME_TIMERS: FakeTimers = {
  now: () => performance.now(),
  setTimeout: (callback, delayMs) => globalThis.setTimeout(callback, delayMs),
  clearTimeout: (handle) => globalThis.clearTimeout(handle as ReturnType<typeof globalThis.setTimeout>),
};
