import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import process from "node:process";
import { onStopSignal } from "./signals.ts";

/** How a command ended. */
export interface ChildResult {
  /** Its exit status as a shell writes it: 128 + N where signal N ended it. */
  readonly status: number;
  /** Why it could not be started. */
  readonly problem?: string;
}

const NOT_FOUND = 127;
const NOT_RUNNABLE = 126;

/**
 * Runs a command on this process's own input and output, and passes signals on to it.
 *
 * @param environment Variables; those that are `undefined` are not set.
 */
export async function runChild(
  [program, ...args]: readonly [string, ...string[]],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ChildResult> {
  const env = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined));
  let child: ChildProcess;
  try {
    child = spawn(program, args, { stdio: "inherit", env });
  } catch (error) {
    return explain(program, error);
  }
  const stopForwarding = onStopSignal((signal) => forward(child, signal));
  try {
    return await new Promise((resolve) => {
      child.once("error", (error) => resolve(explain(program, error)));
      child.once("exit", (code, signal) => resolve({ status: code ?? 128 + numberOf(signal) }));
    });
  } finally {
    stopForwarding();
  }
}

function forward({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  // A terminal sends Ctrl+C to the command itself; twice would be taken for impatience.
  if (signal === "SIGINT" && process.stdin.isTTY) return;
  try {
    // Not child.kill(): Deno 2.9 reports that signal as the way it ended, whatever the command made of it.
    if (pid !== undefined) process.kill(pid, signal);
  } catch {
    // It has just ended.
  }
}

const numberOf = (signal: NodeJS.Signals | null): number => (signal === null ? 0 : constants.signals[signal]);

function explain(program: string, error: unknown): ChildResult {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") {
    return { status: NOT_FOUND, problem: `Cannot run ${program}: no such command; check its name and PATH` };
  }
  return {
    status: NOT_RUNNABLE,
    problem: `Cannot run ${program}: ${code === "EACCES" ? "it is not executable; check its permissions" : message}`,
  };
}
