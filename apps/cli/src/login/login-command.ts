import type { Command, Terminal } from "../command.ts";
import { parseArguments } from "../parse-arguments.ts";
import { sayWrongUsage } from "../wrong-usage.ts";
import type { LoginFlags, LoginOptions } from "./login-options.ts";

const USAGE = `Usage: claude-on-aws login [options]

Refreshes the AWS credentials of this machine's configuration: runs
awsAuthRefresh, the command of the settings that signs in (its output goes to
standard error), reads the credentials again, and says whose they are and until
when. Sends nothing.

Options:
  --who         Ask STS who the credentials belong to: account and ARN.
  --json        Print one JSON object: ok, refreshed, source, accessKeyId,
                expiration, account, arn, cause, fix.
  -h, --help    Print this text.

Exit status: 0 if there are credentials after it, 1 if not, 2 for wrong usage, 3
if STS refused them.`;

/**
 * Makes the command `login`.
 *
 * @param options Where the configuration is read from; by default the process and its machine.
 * @returns The command.
 */
export function createLoginCommand(options: LoginOptions = {}): Command {
  return {
    name: "login",
    usage: USAGE,
    run: (args, terminal) => run(args, terminal, options),
  };
}

/** The command `login` on the process's own configuration. */
export const loginCommand: Command = createLoginCommand();

async function run(args: readonly string[], terminal: Terminal, options: LoginOptions): Promise<number> {
  let flags: LoginFlags & { readonly help: boolean };
  try {
    flags = parseArguments({
      args: [...args],
      allowPositionals: false,
      options: {
        who: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    return sayWrongUsage(terminal, error, "login");
  }
  if (flags.help) {
    terminal.out(USAGE);
    return 0;
  }
  // Loaded only where somebody signs in.
  const { runLogin } = await import("./run-login.ts");
  return runLogin(flags, terminal, options);
}
