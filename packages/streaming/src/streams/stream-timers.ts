/** What measures time; that of the runtime by default, another one in tests. */
export interface StreamTimers {
  /** Calls back once, after a number of milliseconds. */
  readonly setTimeout: (callback: () => void, delayMs: number) => unknown;
  /** Forgets a callback. */
  readonly clearTimeout: (handle: unknown) => void;
}

/** Timers of the runtime, looked up only when they are used. */
export const RUNTIME_TIMERS: StreamTimers = {
  setTimeout: (callback, delayMs) => globalThis.setTimeout(callback, delayMs),
  clearTimeout: (handle) => globalThis.clearTimeout(handle as number),
};

/** Options for a source that may fall silent. */
export interface SilenceOptions {
  /**
   * How long the source may send nothing while it is waited for, in milliseconds; then the stream fails with
   * `STREAM_IDLE` and the source is cancelled. Left out, forever.
   *
   * @default {none}
   */
  readonly idleTimeoutMs?: number | undefined;
  /**
   * Timers to use.
   *
   * @default {globalThis}
   */
  readonly timers?: StreamTimers | undefined;
}
