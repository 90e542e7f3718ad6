import process from "node:process";

/** Signals that ask a gateway to end. */
const STOP: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM"];

/** What a running gateway is told by signals. */
export interface GatewaySignals {
  /** Resolves with the first signal that asks to end; a second one ends the process at once. */
  readonly stopped: Promise<NodeJS.Signals>;
  /** Stops listening to SIGHUP. */
  readonly end: () => void;
}

/**
 * Listens to the signals of the process: SIGINT and SIGTERM end a gateway, SIGHUP has it read its files again.
 *
 * @param onReload Called with each SIGHUP.
 * @returns What they say.
 */
export function listenToSignals(onReload: () => void): GatewaySignals {
  process.on("SIGHUP", onReload);
  const stopped = new Promise<NodeJS.Signals>((resolve) => {
    const stop = (signal: NodeJS.Signals): void => {
      for (const name of STOP) process.off(name, stop);
      resolve(signal);
    };
    for (const name of STOP) process.on(name, stop);
  });
  return { stopped, end: () => void process.off("SIGHUP", onReload) };
}
