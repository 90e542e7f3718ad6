import process from "node:process";
import type { parseArgs } from "node:util";
import type { Config, ConfigInput } from "@claude-on-aws/env";
import { loadConfigInput, type LoadOptions } from "@claude-on-aws/env/load";
import { planRequest } from "@claude-on-aws/fetch";
import type { Command, Terminal } from "../command.ts";
import { parseArguments } from "../parse-arguments.ts";
import { sayWrongUsage } from "../wrong-usage.ts";
import { askMetadata } from "../configuration/ask-metadata.ts";
import { formatStatus } from "./format-status.ts";
import { resolveWithHelpers } from "../configuration/resolve-with-helpers.ts";
import { createStatusReport, type StatusReport } from "./status-report.ts";

const USAGE = `Usage: claude-on-aws status [options]

Says what Claude Code would do with the environment, the settings files and the
AWS files of this machine: which provider, which region, which credentials,
which model, and the request it would send. Sends nothing and runs nothing,
unless asked to.

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
  --try                      Send the smallest request that proves it, and say
                             what is to blame for a refusal: key, workspace,
                             policy with the statement that it lacks, model
                             access, region, profile. Counts tokens where the
                             service does, else asks for one token. Runs what
                             --run-helpers runs, and never awsAuthRefresh; asks
                             for a role where there are no other credentials.
  --show-secrets             Print keys and tokens in full.
  -h, --help                 Print this text.

Exit status: 0 if a request would be sent (with --try: if it was answered), 1 if
not, 2 for wrong usage; with --try, 3 if it was refused or not answered.`;

const OPTIONS = {
  json: { type: "boolean" },
  model: { type: "string" },
  "inference-profiles": { type: "string" },
  "client-version": { type: "string" },
  "run-helpers": { type: "boolean" },
  "ask-metadata": { type: "boolean" },
  try: { type: "boolean" },
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
  let values: Values;
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
  let config: Config;
  try {
    config = await resolve(values, { ...load, env });
  } catch (error) {
    terminal.error(error instanceof Error ? error.message : String(error));
    return 2;
  }
  const plan = planRequest(config, { model: values.model, inferenceProfiles: splitList(values["inference-profiles"]) });
  const report = createStatusReport(config, plan, values["show-secrets"] === true);
  const print = (printed: StatusReport): void => {
    if (values.json) terminal.out(JSON.stringify(printed, null, 2));
    else for (const line of formatStatus(printed, config, terminal.colour)) terminal.out(line);
  };
  if (!values.try) {
    print(report);
    return report.request === null && report.provider !== "vertex" ? 1 : 0;
  }
  // Loaded only where something is sent.
  const { runTry } = await import("./run-try.ts");
  return runTry(
    { config, plan },
    { env, terminal, print: (tried) => print({ ...report, ...tried }), json: values.json === true },
  );
}

type Values = ReturnType<typeof parse>;

async function resolve(
  values: Values,
  load: LoadOptions & { readonly env: NonNullable<LoadOptions["env"]> },
): Promise<Config> {
  const clientVersion = values["client-version"];
  if (values.try) {
    const { resolveToSend } = await import("../configuration/resolve-to-send.ts");
    return resolveToSend({ ...load, clientVersion, runs: () => true });
  }
  const input: ConfigInput = {
    ...(await loadConfigInput(load)),
    clientVersion,
    machineCredentials: values["ask-metadata"] ? ((await askMetadata({ env: load.env })) ?? "none") : null,
  };
  return resolveWithHelpers(input, () => values["run-helpers"] === true);
}

function parse(args: readonly string[]): ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>["values"] {
  return parseArguments({ args: [...args], options: OPTIONS, strict: true, allowPositionals: false }).values;
}

function splitList(text: string | undefined): readonly string[] {
  return (text ?? "")
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
