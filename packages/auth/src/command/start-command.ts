import type { ChildProcess, SpawnOptions } from "node:child_process";
import { builtinModule } from "./builtin-module.ts";
import { AuthError } from "../errors.ts";
import type { CommandLine } from "./command-line.ts";
import { holdGroup, releaseGroup } from "./held-groups.ts";
import { ownGroup, type ProcessGroup, processTree, sharedGroup } from "./process-group.ts";

/** Options for {@link startCommand}. */
export interface StartCommandOptions {
  /** Its whole environment; `undefined` for that of this process. */
  readonly env: Readonly<Record<string, string | undefined>> | undefined;
  /** Where its input comes from, and its outputs go to. */
  readonly stdio: readonly ["ignore" | "inherit", "pipe" | "inherit", "pipe" | "inherit"];
}

/** A command that runs. */
export interface StartedCommand {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly group: ProcessGroup;
}

/**
 * Starts a command as the leader of a process group, so that all that it starts can be ended with it. Where it inherits
 * its input in a terminal, it stays in the group of this process: only there do Ctrl+C, Ctrl+Z and its questions work.
 *
 * @param command What to run.
 * @param options Its environment, and how it is connected.
 * @returns The command that runs.
 * @throws {AuthError} `COMMAND_NOT_FOUND`, `COMMAND_NOT_STARTED`.
 */
export async function startCommand(command: CommandLine, { env, stdio }: StartCommandOptions): Promise<StartedCommand> {
  const { spawn } = builtinModule("node:child_process");
  const settings = {
    stdio: [...stdio],
    windowsHide: true,
    // A runtime may pass on a variable that is undefined as the text "undefined".
    ...(env && { env: Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined)) }),
  };
  // On Windows a command of a group of its own would open a window.
  if (process.platform === "win32") return start(spawn, command, settings, processTree);
  if (stdio[0] === "inherit" && isInTerminal()) return start(spawn, command, settings, sharedGroup);
  const place = holdGroup();
  try {
    return await start(spawn, command, { ...settings, detached: true }, (pid) => ownGroup(pid, place));
  } catch (error) {
    releaseGroup(place);
    throw error;
  }
}

type Spawn = typeof import("node:child_process").spawn;

async function start(
  spawn: Spawn,
  command: CommandLine,
  settings: SpawnOptions,
  follow: (pid: number) => ProcessGroup,
): Promise<StartedCommand> {
  let child: ChildProcess;
  try {
    if (typeof command === "string") child = spawn(command, { ...settings, shell: true });
    else child = spawn(command[0], command.slice(1), settings);
  } catch (error) {
    throw explain(command, error);
  }
  const { pid } = child;
  if (pid === undefined) throw explain(command, await new Promise((resolve) => child.once("error", resolve)));
  // What goes wrong from now on is seen in how it ends.
  child.on("error", () => undefined);
  return { child, pid, group: follow(pid) };
}

function isInTerminal(): boolean {
  const { isatty } = builtinModule("node:tty");
  return isatty(0) || isatty(1) || isatty(2);
}

/** Names the program, but not the runtime's own error: that holds all arguments, and one may be a secret. */
function explain(command: CommandLine, error: unknown): AuthError {
  const { code } = error as NodeJS.ErrnoException;
  if (typeof command === "string") {
    return new AuthError("COMMAND_NOT_STARTED", `Cannot run the command: its shell does not start (${code})`);
  }
  const [program] = command;
  if (code === "ENOENT") {
    return new AuthError("COMMAND_NOT_FOUND", `Cannot run ${program}: no such command; check its name and PATH`);
  }
  const reason = code === "EACCES" ? "it is not executable; check its permissions" : `it does not start (${code})`;
  return new AuthError("COMMAND_NOT_STARTED", `Cannot run ${program}: ${reason}`);
}
