import { escapeForTerminal } from "@claude-on-aws/endpoints";
import type { Terminal } from "./command.ts";
import { createSafeWriter, type SafeWriter } from "./safe-writer.ts";

/** What commands print to. */
export type SafeTerminal = Terminal & SafeWriter;

/**
 * Wraps a terminal so that nothing reaches it raw.
 *
 * @param terminal The terminal.
 * @returns What commands print to; its `flush` prints what is held back of a line.
 */
export const createSafeTerminal = (terminal: Terminal): SafeTerminal => ({
  ...terminal,
  ...createSafeWriter(terminal.write ?? terminal.out),
  out: (line) => terminal.out(escapeForTerminal(line, terminal.colour)),
  error: (line) => terminal.error(escapeForTerminal(line, terminal.colour)),
  annotate: terminal.annotate ?? terminal.out,
});
