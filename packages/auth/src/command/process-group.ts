import { builtinModule } from "./builtin-module.ts";
import { type HeldGroup, releaseGroup } from "./held-groups.ts";

/** A command that was started, and what can be done about it and all that it starts. */
export interface ProcessGroup {
  /**
   * Ends what still runs: asks it to stop, and kills what has not done so.
   *
   * @param graceMs How long it may take to stop, in milliseconds.
   * @returns When nothing of it runs any more, or all of it was killed.
   */
  readonly end: (graceMs: number) => Promise<void>;
  /** Told that the command itself has ended; what it started may still run. */
  readonly leaderEnded: () => void;
  /** Lets go of it. */
  readonly release: () => void;
}

const POLL_MS = 10;

/**
 * Follows a command that was started as the leader of a group of its own.
 *
 * @param pid The process ID of the command, and with it the ID of its group.
 * @param place Where it is held, in case this process ends before.
 * @returns The group.
 */
export function ownGroup(pid: number, place: HeldGroup): ProcessGroup {
  place.pid = pid;
  return {
    end: once((graceMs) => endSlowly(-pid, graceMs, () => true)),
    leaderEnded: () => undefined,
    release: () => releaseGroup(place),
  };
}

/**
 * Follows a command in the group of this process: it alone can be ended.
 *
 * @param pid The process ID of the command.
 * @returns The group.
 */
export function sharedGroup(pid: number): ProcessGroup {
  let runs = true;
  return {
    end: once((graceMs) => endSlowly(pid, graceMs, () => runs)),
    leaderEnded: () => void (runs = false),
    release: () => undefined,
  };
}

/**
 * Follows a command on Windows, which has no groups: what a process started is found only while it runs itself.
 *
 * @param pid The process ID of the command.
 * @returns The group.
 */
export function processTree(pid: number): ProcessGroup {
  let runs = true;
  return {
    end: once(() => (runs ? killTree(pid) : Promise.resolve())),
    leaderEnded: () => void (runs = false),
    release: () => undefined,
  };
}

/** Ends it at the first call; who calls again waits for the same end. A process ID must not be used once it is free. */
function once(end: ProcessGroup["end"]): ProcessGroup["end"] {
  let ended: Promise<void> | undefined;
  return (graceMs) => (ended ??= end(graceMs));
}

function killTree(pid: number): Promise<void> {
  const { spawn } = builtinModule("node:child_process");
  return new Promise((resolve) => {
    const killer = spawn("taskkill", ["/pid", String(pid), "/T", "/F"], { stdio: "ignore", windowsHide: true });
    killer.once("error", () => resolve());
    killer.once("close", () => resolve());
  });
}

/** @param target A process ID, or a group's as a negative number. */
async function endSlowly(target: number, graceMs: number, mayRun: () => boolean): Promise<void> {
  if (!mayRun() || !send(target, "SIGTERM")) return;
  for (let waitedMs = 0; waitedMs < graceMs; waitedMs += POLL_MS) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    if (!mayRun() || !send(target, 0)) return;
  }
  send(target, "SIGKILL");
}

/**
 * Sends a signal; whether anybody was there to get it. Not `child.kill()`: Deno 2.9 reports that signal as the way the
 * command ended, whatever the command made of it.
 */
function send(target: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(target, signal);
    return true;
  } catch {
    return false;
  }
}
