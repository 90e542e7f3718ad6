import { redactText } from "@claude-on-aws/endpoints";
import type { Command, Terminal } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { createSafeTerminal } from "./safe-terminal.ts";
import { sayWrongUsage } from "./wrong-usage.ts";
import { VERSION } from "./version.ts";

/**
 * Runs the command line `claude-on-aws`.
 *
 * @example Usage
 * ```ts
 * import { main } from "claude-on-aws";
 *
 * const status = await main(["--version"], { out: console.log, error: console.error, colour: false });
 * ```
 *
 * @param argv The arguments, without the program's name.
 * @param terminal Where lines go.
 * @returns The exit status: 0 for success, 1 for a negative answer, 2 for wrong usage, or what the command's usage says.
 */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  const safe = createSafeTerminal(terminal);
  try {
    return await run(argv, safe);
  } finally {
    safe.flush();
  }
}

async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [name = "--help", ...args] = argv;
  if (name === "--version" || name === "-v") {
    terminal.out(VERSION);
    return 0;
  }
  if (name === "--help" || name === "-h" || name === "help") {
    terminal.out((await find(args))?.command.usage ?? usage());
    return 0;
  }
  const found = await find(argv);
  if (found === undefined) {
    const known = COMMANDS.map((command) => command.name).join(", ");
    return sayWrongUsage(terminal, `Cannot run "${redactText(name)}": expected one of ${known}`, "");
  }
  const { command, rest } = found;
  if (asksForHelp(rest)) {
    terminal.out(command.usage);
    return 0;
  }
  return command.run(rest, terminal);
}

interface Found {
  readonly command: Command;
  /** What stands after its name. */
  readonly rest: readonly string[];
}

async function find([name, ...rest]: readonly string[]): Promise<Found | undefined> {
  const command = await COMMANDS.find((row) => row.name === name)?.load();
  if (command === undefined) return undefined;
  const own = command.commands?.find((each) => each.name === rest[0]);
  return own === undefined ? { command, rest } : { command: own, rest: rest.slice(1) };
}

/** What stands after `--` is not for us. */
function asksForHelp(args: readonly string[]): boolean {
  const own = args.includes("--") ? args.slice(0, args.indexOf("--")) : args;
  return own.includes("--help") || own.includes("-h");
}

function usage(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  return [
    "Usage: claude-on-aws COMMAND [options]",
    "",
    "Claude through AWS: Claude Platform on AWS and Amazon Bedrock.",
    "",
    "Commands:",
    ...COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    "",
    "Options:",
    "  -h, --help     show this text; with a command, its own",
    "  -v, --version  show the version",
  ].join("\n");
}
