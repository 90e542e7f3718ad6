import { runCommand } from "../command/run-command.ts";
import { AuthError } from "../errors.ts";

/** How a {@link CommandRunner} runs a command. */
export interface CommandRunnerOptions {
  /** How long the command may take, in milliseconds; it is ended then. */
  readonly timeoutMs: number;
  /** The most that it may print on each of its outputs, in bytes. */
  readonly maxOutputBytes: number;
  /** Told of everything that is printed, as it comes; standard output is then not collected. */
  readonly show?: ((text: string) => void) | undefined;
}

/** Runs a command line; gives what it printed on standard output. */
export type CommandRunner = (command: string, options: CommandRunnerOptions) => Promise<string>;

/**
 * Runs a command line of the settings in the shell of the machine, without input.
 *
 * @param command The command line.
 * @param options Its limits, and who is shown what it prints.
 * @returns What it printed on standard output, unless that was shown.
 * @throws {AuthError} `COMMAND_FAILED` with its exit status, `COMMAND_TIMEOUT`, `COMMAND_OUTPUT` where it prints too much,
 * `COMMAND_NOT_STARTED`.
 */
export const runInShell: CommandRunner = async (command, { timeoutMs, maxOutputBytes, show }) => {
  const limits = { timeoutMs, maxOutputBytes };
  const { status, stdout } = await runCommand(command, {
    ...limits,
    stdout: show ?? "collect",
    // It may say anything: it is the user's, who is told that it failed.
    stderr: show ?? (() => undefined),
  });
  if (status === 0) return stdout;
  throw new AuthError("COMMAND_FAILED", `The command failed with exit status ${status}`, { status });
};
