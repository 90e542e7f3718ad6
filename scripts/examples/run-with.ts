import type { CommandResult } from "../shared/run-command.ts";

/** Runs a command in a folder, with variables besides those that every command gets. */
export type RunWith = (
  command: readonly string[],
  folder: string,
  variables?: Readonly<Record<string, string>>,
) => Promise<CommandResult>;
