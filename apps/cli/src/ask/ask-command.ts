import process from "node:process";
import { CliError } from "../cli-error.ts";
import type { Command, Terminal } from "../command.ts";
import { parseArguments } from "../parse-arguments.ts";
import { sayWrongUsage } from "../wrong-usage.ts";
import type { AskFlags, AskOptions } from "./ask-options.ts";

const USAGE = `Usage: claude-on-aws ask [options] [TEXT|-]

Sends one message with the configuration of this machine, as Claude Code would
reach Claude, and streams the text of the answer to standard output; everything
else goes to standard error. Without TEXT, and for -, the message is read from
standard input.

Options:
  --model NAME               The model to ask, as with Claude Code's --model.
  --max-tokens N             The longest answer, in tokens (default: 4096).
  --json                     Print one JSON object at the end: ok, status,
                             requestId, provider, model, text, stopReason,
                             usage; cause and fix where it was refused.
  -h, --help                 Print this text.

Runs apiKeyHelper, credential_process, awsCredentialExport and awsAuthRefresh
where their value is needed, as Claude Code does.

Exit status: 0 if it was answered, 1 if nothing was sent, 2 for wrong usage, 3
if it was refused or cut, 130 after Ctrl+C.`;

const DEFAULT_MAX_TOKENS = 4096;

/**
 * Makes the command `ask`.
 *
 * @param options Where the configuration and the message are read from; by default the process and its machine.
 * @returns The command.
 */
export function createAskCommand(options: AskOptions = {}): Command {
  return {
    name: "ask",
    usage: USAGE,
    run: (args, terminal) => run(args, terminal, options),
  };
}

/** The command `ask` on the process's own configuration. */
export const askCommand: Command = createAskCommand();

async function run(args: readonly string[], terminal: Terminal, options: AskOptions): Promise<number> {
  let flags: AskFlags | "help";
  try {
    flags = await parseFlags(args, options);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return sayWrongUsage(terminal, error, "ask");
  }
  if (flags === "help") {
    terminal.out(USAGE);
    return 0;
  }
  // Loaded only where something is sent.
  const { runAsk } = await import("./run-ask.ts");
  return runAsk(flags, terminal, options);
}

async function parseFlags(args: readonly string[], options: AskOptions): Promise<AskFlags | "help"> {
  const { values, positionals } = parseArguments({
    args: [...args],
    allowPositionals: true,
    options: {
      model: { type: "string" },
      "max-tokens": { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return "help";
  if (positionals.length > 1) {
    throw new CliError("USAGE", `Cannot ask ${positionals.length} texts: expected one; put it in quotes`);
  }
  const maxTokens = Number(values["max-tokens"] ?? DEFAULT_MAX_TOKENS);
  if (!Number.isInteger(maxTokens) || maxTokens < 1) {
    throw new CliError("USAGE", `Cannot use --max-tokens "${values["max-tokens"]}": expected a whole number from 1 on`);
  }
  const [given = "-"] = positionals;
  const text = given === "-" ? await readInput(positionals.length === 0, options) : given;
  if (text.trim() === "") throw new CliError("USAGE", "Cannot ask nothing: the text is empty; expected a message");
  return { text, model: values.model, maxTokens, json: values.json };
}

/** @throws {CliError} Where nobody would write there, or what comes is too long. */
async function readInput(
  isUnasked: boolean,
  { input = process.stdin, maxInputBytes = 16_777_216 }: AskOptions,
): Promise<string> {
  if (isUnasked && input.isTTY === true) {
    throw new CliError("USAGE", "Cannot ask nothing: no TEXT was given; expected one, or a message on standard input");
  }
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of input) {
    bytes += chunk.length;
    if (bytes > maxInputBytes) {
      throw new CliError("USAGE", `Cannot ask: standard input holds more than ${maxInputBytes} bytes; send less`);
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
