import type { FencedBlock } from "./fenced-blocks.ts";

/** A command of a shell block. */
export interface ShellCommand {
  readonly command: string;
  /** What the block shows that it prints; `undefined` where the block shows commands alone. */
  readonly shown: string | undefined;
}

/** Languages of fences that are commands, and whether what is printed is shown between them. */
const SHELL_LANGUAGES: ReadonlyMap<string, { readonly showsOutput: boolean }> = new Map([
  ["sh", { showsOutput: false }],
  ["console", { showsOutput: true }],
]);

/** Whether a block is commands of a shell. */
export function isShellBlock({ language }: FencedBlock): boolean {
  return SHELL_LANGUAGES.has(language);
}

/**
 * Takes the commands out of a block: each line of `sh`, and each line of `console` that begins with `$ `, with what stands
 * below it.
 *
 * @throws {SyntaxError} A `console` block begins with something else.
 */
export function parseShellCommands({ file, line, language, text }: FencedBlock): ShellCommand[] {
  // A line that ends in a backslash goes on.
  const lines = text.replaceAll("\\\n", " ").trimEnd().split("\n");
  if (SHELL_LANGUAGES.get(language)?.showsOutput !== true) {
    return lines
      .filter((command) => command.trim() !== "" && !command.startsWith("#"))
      .map((command) => ({ command, shown: undefined }));
  }
  const commands: { command: string; shown: string[] }[] = [];
  for (const one of lines) {
    if (one.startsWith("$ ")) commands.push({ command: one.slice(2), shown: [] });
    else if (commands.length === 0) throw new SyntaxError(`${file}:${line}: found ${one}, expected $ and a command`);
    else commands.at(-1)?.shown.push(one);
  }
  return commands.map(({ command, shown }) => ({ command, shown: shown.join("\n").trim() }));
}

/**
 * Writes the expression that what a command prints has to match. `…` in what is shown stands for anything on its line, on
 * a line of its own for any lines.
 */
export function shownPattern(shown: string): RegExp {
  const lines = shown.split("\n").map((line) => {
    if (line.trim() === "…") return "(?:.*\n)*.*";
    return line.split("…").map(escape).join(".*");
  });
  return new RegExp(`^\\s*${lines.join("\n")}\\s*$`);
}

const escape = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
