/** The signals that end a program which does not listen for them. */
const ENDING_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** A place for a group of processes that is killed when this process ends. */
export interface HeldGroup {
  /** The ID of the group, as soon as there is one. */
  pid: number | undefined;
}

const held = new Set<HeldGroup>();

/**
 * Has a group of processes killed when this process ends before it is let go. A group of its own hears nothing of Ctrl+C
 * in the terminal, nor of a terminal that is closed, and would go on alone.
 *
 * @returns A place for the group. It is taken before the group is started: a signal may come right after.
 */
export function holdGroup(): HeldGroup {
  const group: HeldGroup = { pid: undefined };
  if (held.size === 0) listen();
  held.add(group);
  return group;
}

/**
 * Lets go of a group.
 *
 * @param group The group that was held.
 */
export function releaseGroup(group: HeldGroup): void {
  if (held.delete(group) && held.size === 0) stopListening();
}

function killAll(): void {
  for (const { pid } of held) {
    try {
      if (pid !== undefined) process.kill(-pid, "SIGKILL");
    } catch {
      // It ended in the meantime.
    }
  }
}

function onSignal(signal: NodeJS.Signals): void {
  // Somebody else listens, and decides what it means.
  if (process.listenerCount(signal) > 1) return;
  killAll();
  stopListening();
  process.kill(process.pid, signal);
}

function listen(): void {
  process.on("exit", killAll);
  for (const signal of ENDING_SIGNALS) process.on(signal, onSignal);
}

function stopListening(): void {
  process.off("exit", killAll);
  for (const signal of ENDING_SIGNALS) process.off(signal, onSignal);
}
