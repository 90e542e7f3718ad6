import process from "node:process";

/** What a running gateway is told by signals. */
export interface GatewaySignals {
  /** Resolves with the first signal that asks to end; a second one ends the process at once. */
  readonly stopped: Promise<NodeJS.Signals>;
  /** Stops listening. */
  readonly end: () => void;
}

/** What signals come from. */
interface SignalSource {
  on(name: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  off(name: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
}

/** Options for {@link listenToSignals}. */
export interface SignalOptions {
  /** Called with each SIGHUP, unless that ends the gateway. */
  readonly onReload: () => void;
  /** Whether it runs in a terminal: SIGHUP says then that the terminal was closed. */
  readonly isInTerminal: boolean;
  /**
   * What signals come from.
   *
   * @default {the process}
   */
  readonly source?: SignalSource | undefined;
}

/**
 * Listens to the signals of the process: SIGINT and SIGTERM end a gateway, SIGHUP has a service read its files again.
 *
 * @param options What SIGHUP means.
 * @returns What they say.
 */
export function listenToSignals({ onReload, isInTerminal, source = process }: SignalOptions): GatewaySignals {
  const stopping: readonly NodeJS.Signals[] = isInTerminal ? ["SIGINT", "SIGTERM", "SIGHUP"] : ["SIGINT", "SIGTERM"];
  const { promise: stopped, resolve } = Promise.withResolvers<NodeJS.Signals>();
  const stop = (signal: NodeJS.Signals): void => {
    for (const name of stopping) source.off(name, stop);
    resolve(signal);
  };
  for (const name of stopping) source.on(name, stop);
  if (!isInTerminal) source.on("SIGHUP", onReload);
  return {
    stopped,
    end: () => {
      source.off("SIGHUP", onReload);
      for (const name of stopping) source.off(name, stop);
    },
  };
}
