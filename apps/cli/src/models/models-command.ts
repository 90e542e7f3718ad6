import { LATEST_CLIENT_VERSION } from "@claude-on-aws/endpoints";
import process from "node:process";
import type { parseArgs } from "node:util";
import { resolveConfig } from "@claude-on-aws/env";
import { loadConfigInput, type LoadOptions } from "@claude-on-aws/env/load";
import { resolveModel, type ModelProvider } from "@claude-on-aws/models";
import type { Command, Terminal } from "../command.ts";
import { sayWrongUsage } from "../wrong-usage.ts";
import { parseArguments } from "../parse-arguments.ts";
import { formatModels } from "./format-models.ts";
import { createModelsReport } from "./models-report.ts";

const USAGE = `Usage: claude-on-aws models [options] [MODEL]

Says what the aliases of Claude Code mean, which models each provider has, in
which geographies each model has an inference profile, and which profiles can be
called from the region, with the regions that they route to. With a MODEL,
prints the id that would be sent for it, by provider.

Options:
  --json                     Print JSON.
  --provider NAME            List what this one has alone: anthropic-aws,
                             bedrock, mantle, foundry or anthropic (default: all
                             of them on AWS).
  --region REGION            Region (default: that of this machine's
                             configuration).
  --inference-profiles A,B   Ids of the inference profiles that the account
                             lists.
  --client-version VERSION   The version of Claude Code (default: ${LATEST_CLIENT_VERSION}).
  -h, --help                 Print this text.

Exit status: 0, or 2 for wrong usage.`;

const OPTIONS = {
  json: { type: "boolean" },
  provider: { type: "string" },
  region: { type: "string" },
  "inference-profiles": { type: "string" },
  "client-version": { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

const ON_AWS: readonly ModelProvider[] = ["anthropic-aws", "bedrock", "mantle"];
const ALL: readonly ModelProvider[] = [...ON_AWS, "foundry", "anthropic"];

/**
 * Makes the command `models`.
 *
 * @param load Where the region is read from; by default the process and its machine.
 * @returns The command.
 */
export function createModelsCommand(load: LoadOptions = {}): Command {
  return {
    name: "models",
    usage: USAGE,
    run: (args, terminal) => run(args, terminal, load),
  };
}

/** The command `models` on the process's own configuration. */
export const modelsCommand: Command = createModelsCommand();

async function run(args: readonly string[], terminal: Terminal, load: LoadOptions): Promise<number> {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return sayWrongUsage(terminal, error, "models");
  }
  const { values, positionals } = parsed;
  if (values.help) {
    terminal.out(USAGE);
    return 0;
  }
  const named = values.provider === undefined ? undefined : ALL.find((provider) => provider === values.provider);
  if (values.provider !== undefined && named === undefined) {
    return sayWrongUsage(
      terminal,
      `Unknown provider "${values.provider}": expected one of ${ALL.join(", ")}.`,
      "models",
    );
  }
  if (positionals.length > 1) return sayWrongUsage(terminal, "Expected one model at most.", "models");
  const clientVersion = values["client-version"] ?? LATEST_CLIENT_VERSION;
  let region: string;
  try {
    const config = resolveConfig({ ...(await loadConfigInput({ env: process.env, ...load })), clientVersion });
    // On standard error: what is printed beside it is read by programs.
    for (const { code, message } of config.problems) if (code === "CLIENT_VERSION_UNKNOWN") terminal.error(message);
    region = values.region ?? config.region?.value ?? "us-east-1";
  } catch (error) {
    return sayWrongUsage(terminal, error, "models");
  }
  const inferenceProfiles = (values["inference-profiles"] ?? "")
    .split(",")
    .map((id) => id.trim())
    .filter((id) => id !== "");
  const providers = named === undefined ? ON_AWS : [named];
  const [model] = positionals;
  if (model !== undefined) {
    const ids = Object.fromEntries(
      providers.map((provider) => [
        provider,
        resolveModel(model, { provider, region, clientVersion, inferenceProfiles }).id,
      ]),
    );
    if (values.json) terminal.out(JSON.stringify(ids, null, 2));
    else for (const [provider, id] of Object.entries(ids)) terminal.out(`${provider.padEnd(13)}  ${id}`);
    return 0;
  }
  const report = createModelsReport({ region, clientVersion, inferenceProfiles, providers });
  if (values.json) terminal.out(JSON.stringify(report, null, 2));
  else for (const line of formatModels(report, terminal.colour)) terminal.out(line);
  return 0;
}

function parse(
  args: readonly string[],
): ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>> {
  return parseArguments({ args: [...args], options: OPTIONS, strict: true, allowPositionals: true });
}
