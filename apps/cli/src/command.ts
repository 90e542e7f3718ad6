/** What the process gives a command; tests pass their own. */
export interface Terminal {
  /** Prints a line on standard output. */
  readonly out: (line: string) => void;
  /** Prints a line on standard error. */
  readonly error: (line: string) => void;
  /**
   * Prints a part of a line on standard output.
   *
   * @default {out}
   */
  readonly write?: ((text: string) => void) | undefined;
  /**
   * Prints on standard output what a CI runner is to read as its commands; nothing in it is escaped.
   *
   * @default {out}
   */
  readonly annotate?: ((lines: string) => void) | undefined;
  /** Whether standard output wants colour. */
  readonly colour: boolean;
}

/** One word of the command line: `claude-on-aws NAME …`. */
export interface Command {
  readonly name: string;
  /** The whole help text, printed by `--help` and after wrong usage. */
  readonly usage: string;
  /** Commands of its own: `claude-on-aws NAME OTHER …`. */
  readonly commands?: readonly Command[];
  /**
   * Runs the command.
   *
   * @param args What stands after the command's name.
   * @returns The exit status: 0 for success, 1 for a negative answer, 2 for wrong usage, or what its usage says.
   */
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<number>;
}
