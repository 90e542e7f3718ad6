import process from "node:process";
import type { parseArgs } from "node:util";
import { resolveConfig, type CommandOutputs, type Config, type ConfigInput } from "@claude-on-aws/env";
import { loadConfigInput, type LoadOptions } from "@claude-on-aws/env/load";
import { planRequest } from "@claude-on-aws/fetch";
import type { Command, Terminal } from "../command.ts";
import { parseArguments } from "../parse-arguments.ts";
import { sayWrongUsage } from "../wrong-usage.ts";
import { askMetadata } from "./ask-metadata.ts";
import { formatStatus } from "./format-status.ts";
import { runHelper } from "./run-helper.ts";
import { createStatusReport } from "./status-report.ts";

const USAGE = `Usage: claude-on-aws status [options]

Says what Claude Code would do with the environment, the settings files and the
AWS files of this machine: which provider, which region, which credentials,
which model, and the request it would send. Sends nothing and runs nothing.

Options:
  --json                     Print JSON.
  --model NAME               The model to ask for, as with Claude Code's
                             --model.
  --inference-profiles A,B   Ids of the inference profiles that the account
                             lists; left out: the list was denied.
  --client-version VERSION   The version of Claude Code (default: the latest
                             known).
  --run-helpers              Run awsCredentialExport, apiKeyHelper and
                             credential_process once each, where their value is
                             needed.
  --ask-metadata             Ask this machine's container or instance role.
  --show-secrets             Print keys and tokens in full.
  -h, --help                 Print this text.

Exit status: 0 if a request would be sent, 1 if not, 2 for wrong usage.`;

const OPTIONS = {
  json: { type: "boolean" },
  model: { type: "string" },
  "inference-profiles": { type: "string" },
  "client-version": { type: "string" },
  "run-helpers": { type: "boolean" },
  "ask-metadata": { type: "boolean" },
  "show-secrets": { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/**
 * Makes the command `status`.
 *
 * @param load Where the configuration is read from; by default the process and its machine.
 * @returns The command.
 */
export function createStatusCommand(load: LoadOptions = {}): Command {
  return {
    name: "status",
    usage: USAGE,
    run: (args, terminal) => run(args, terminal, load),
  };
}

/** The command `status` on the process's own configuration. */
export const statusCommand: Command = createStatusCommand();

async function run(args: readonly string[], terminal: Terminal, load: LoadOptions): Promise<number> {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(args);
  } catch (error) {
    return sayWrongUsage(terminal, error, "status");
  }
  if (values.help) {
    terminal.out(USAGE);
    return 0;
  }
  const env = load.env ?? process.env;
  const input: ConfigInput = {
    ...(await loadConfigInput({ ...load, env })),
    clientVersion: values["client-version"],
    machineCredentials: values["ask-metadata"] ? await askMetadata({ env }) : null,
  };
  let config: Config;
  try {
    config = await resolve(input, values["run-helpers"] === true);
  } catch (error) {
    terminal.error(error instanceof Error ? error.message : String(error));
    return 2;
  }
  const plan = planRequest(config, { model: values.model, inferenceProfiles: splitList(values["inference-profiles"]) });
  const report = createStatusReport(config, plan, values["show-secrets"] === true);
  if (values.json) terminal.out(JSON.stringify(report, null, 2));
  else for (const line of formatStatus(report, config, terminal.colour)) terminal.out(line);
  return report.request === null && report.provider !== "vertex" ? 1 : 0;
}

function parse(args: readonly string[]): ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>["values"] {
  return parseArguments({ args: [...args], options: OPTIONS, strict: true, allowPositionals: false }).values;
}

/** Resolves, running each command whose output is still missing once. */
async function resolve(input: ConfigInput, runHelpers: boolean): Promise<Config> {
  let commandOutputs: CommandOutputs = {};
  for (;;) {
    const config = resolveConfig({ ...input, commandOutputs });
    const pending = config.pendingCommand;
    if (!runHelpers || pending === null || pending.setting in commandOutputs) return config;
    const output = await runHelper(pending.command, { env: input.env });
    commandOutputs = { ...commandOutputs, [pending.setting]: output };
  }
}

function splitList(text: string | undefined): readonly string[] {
  return (text ?? "")
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
