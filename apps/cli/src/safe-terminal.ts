import { escapeForTerminal } from "@claude-on-aws/endpoints";
import type { Terminal } from "./command.ts";

/**
 * Wraps a terminal so that nothing reaches it raw.
 *
 * @param terminal The terminal.
 * @returns What commands print to.
 */
export const createSafeTerminal = (terminal: Terminal): Terminal => ({
  ...terminal,
  out: (line) => terminal.out(escapeForTerminal(line, terminal.colour)),
  error: (line) => terminal.error(escapeForTerminal(line, terminal.colour)),
  annotate: terminal.annotate ?? terminal.out,
});
