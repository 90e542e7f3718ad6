import type { Terminal } from "./command.ts";

/** The exit status of wrong usage. */
const WRONG_USAGE = 2;

/**
 * Says what is wrong with how a command was called, and where its help is.
 *
 * @param terminal Told so.
 * @param problem What is wrong: an error, or its message.
 * @param command What was called, such as `fake run`; empty for the program itself.
 * @returns The exit status.
 */
export function sayWrongUsage(terminal: Pick<Terminal, "error">, problem: unknown, command: string): number {
  terminal.error(problem instanceof Error ? problem.message : String(problem));
  const called = ["claude-on-aws", command].filter((word) => word !== "").join(" ");
  terminal.error(`Usage: ${called} --help says how it is called.`);
  return WRONG_USAGE;
}
