import process from "node:process";

/** Signals that ask a process to stop. */
const STOP: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Asks for the report. SIGUSR1 is taken: it starts Node's debugger. */
const REPORT: NodeJS.Signals = "SIGUSR2";

/**
 * Resolves when the process is asked to stop. A second signal ends it at once, as without a handler.
 *
 * @returns The signal.
 */
export function untilSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals): void => {
      for (const name of STOP) process.off(name, stop);
      resolve(signal);
    };
    for (const name of STOP) process.on(name, stop);
  });
}

/**
 * Calls a listener on each signal that asks to stop, in place of stopping.
 *
 * @param listener Called with the signal.
 * @returns Ends it.
 */
export function onStopSignal(listener: (signal: NodeJS.Signals) => void): () => void {
  for (const name of STOP) process.on(name, listener);
  return () => {
    for (const name of STOP) process.off(name, listener);
  };
}

/**
 * Calls a listener each time when the report is asked for; never where the system has no such signal.
 *
 * @param listener Called each time.
 * @returns Ends it.
 */
export function onReportSignal(listener: () => void): () => void {
  try {
    process.on(REPORT, listener);
  } catch {
    return () => undefined;
  }
  return () => void process.off(REPORT, listener);
}
