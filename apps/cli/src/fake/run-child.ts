import { AuthError, runCommand } from "@claude-on-aws/auth/command";
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
 * Runs a command on this process's own input and output, and passes signals on to it. What it leaves in the background is
 * ended after it, unless it runs in a terminal.
 *
 * @param command The program and its arguments.
 * @param env Variables; those that are `undefined` are not set.
 * @returns How it ended.
 */
export async function runChild(
  command: readonly [program: string, ...args: string[]],
  env: Readonly<Record<string, string | undefined>>,
): Promise<ChildResult> {
  let stopForwarding = (): void => undefined;
  try {
    const { status } = await runCommand(command, {
      env,
      stdin: "inherit",
      stdout: "inherit",
      stderr: "inherit",
      timeoutMs: Number.POSITIVE_INFINITY,
      onStart: (pid) => (stopForwarding = onStopSignal((signal) => forward(pid, signal))),
    });
    return { status };
  } catch (error) {
    if (!(error instanceof AuthError)) throw error;
    return { status: error.code === "COMMAND_NOT_FOUND" ? NOT_FOUND : NOT_RUNNABLE, problem: error.message };
  } finally {
    stopForwarding();
  }
}

function forward(pid: number, signal: NodeJS.Signals): void {
  // A terminal sends Ctrl+C to the command itself; twice would be taken for impatience.
  if (signal === "SIGINT" && process.stdin.isTTY) return;
  try {
    process.kill(pid, signal);
  } catch {
    // It has just ended.
  }
}
