import type { Terminal } from "../command.ts";
import type { Circumstances } from "../refusals/describe-subject.ts";
import { REFUSED } from "../send/refused.ts";
import { stopOnSignal } from "../send/stop-on-signal.ts";
import { formatTry } from "./format-try.ts";
import { tryConfiguration } from "./try-configuration.ts";
import type { TryReport } from "./try-report.ts";

/** What a try is told. */
export interface RunTryOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
  readonly json: boolean;
  /** Prints the report, with what came of the try where that is a part of it. */
  readonly print: (tried: { readonly try?: TryReport }) => void;
}

/**
 * Tries a configuration, and prints what came of it.
 *
 * @param circumstances The configuration and its plan.
 * @param options Where to, and how.
 * @returns The exit status.
 */
export async function runTry(
  circumstances: Circumstances,
  { env, terminal, json, print }: RunTryOptions,
): Promise<number> {
  // What is known without an answer does not wait for it.
  if (!json) print({});
  const stop = stopOnSignal();
  try {
    const tried = await tryConfiguration(circumstances, { env, signal: stop.signal });
    if (json) print({ try: tried });
    else for (const line of ["", ...formatTry(tried, terminal.colour)]) terminal.out(line);
    return tried.ok ? 0 : tried.sent === null ? 1 : REFUSED;
  } catch (error) {
    if (stop.status === undefined) throw error;
    return stop.status;
  } finally {
    stop.end();
  }
}
