import process from "node:process";
import { parseArgs } from "node:util";
import { partitionOfRegion } from "@claude-on-aws/bedrock";
import { resolveConfig } from "@claude-on-aws/env";
import { loadConfigInput, type LoadOptions } from "@claude-on-aws/env/load";
import { planRequest } from "@claude-on-aws/fetch";
import type { Command, Terminal } from "../command.ts";
import { policyFeatures, policyFor, type PolicyFeature, type PolicyQuestion } from "@claude-on-aws/auth/iam";

const usage = `Usage: claude-on-aws policy [options]

Writes the least IAM policy that Claude Code needs, as IAM JSON. What is not
given is taken from this machine's configuration.

Options:
  --provider NAME      anthropic-aws, bedrock or mantle.
  --region REGION      Region of the requests; '*' for every one.
  --account ID         Twelve digits (default: every account).
  --workspace ID       Workspace of Claude Platform on AWS, or project of Mantle;
                       '*' for every one.
  --model NAME         A model that may be used; may be given more than once;
                       '*' for every model (default: the configured one, opus,
                       sonnet and haiku).
  --key                Requests carry a key instead of a signature.
  --feature NAME       What is used beside inference; may be given more than once:
                       ${policyFeatures.join(", ")}.
  -h, --help           Print this text.

Exit status: 0, or 2 for wrong usage.`;

const options = {
  provider: { type: "string" },
  region: { type: "string" },
  account: { type: "string" },
  workspace: { type: "string" },
  model: { type: "string", multiple: true },
  key: { type: "boolean" },
  feature: { type: "string", multiple: true },
  help: { type: "boolean", short: "h" },
} as const;

const providers: readonly PolicyQuestion["provider"][] = ["anthropic-aws", "bedrock", "mantle"];
const switches: Readonly<Record<PolicyQuestion["provider"], string>> = {
  "anthropic-aws": "CLAUDE_CODE_USE_ANTHROPIC_AWS",
  bedrock: "CLAUDE_CODE_USE_BEDROCK",
  mantle: "CLAUDE_CODE_USE_MANTLE",
};

// What Claude Code does at its start and with /context, beside inference.
const usualFeatures: Readonly<Record<PolicyQuestion["provider"], readonly PolicyFeature[]>> = {
  "anthropic-aws": ["count-tokens"],
  bedrock: ["list-profiles"],
  mantle: [],
};

// The session's own model, and those that Claude Code tries out at its start and uses in the background.
const usualModels: readonly (string | null)[] = [null, "opus", "sonnet", "haiku"];

/**
 * Makes the command `policy`.
 *
 * @param load Where the configuration is read from; by default the process and its machine.
 * @returns The command.
 */
export function createPolicyCommand(load: LoadOptions = {}): Command {
  return {
    name: "policy",
    summary: "write the least IAM policy that a configuration needs",
    usage,
    run: (args, terminal) => run(args, terminal, load),
  };
}

/** The command `policy` on the process's own configuration. */
export const policyCommand: Command = createPolicyCommand();

async function run(args: readonly string[], terminal: Terminal, load: LoadOptions): Promise<number> {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(args);
  } catch (error) {
    return wrongUsage(terminal, error instanceof Error ? error.message : String(error));
  }
  if (values.help) {
    terminal.out(usage);
    return 0;
  }
  const features: PolicyFeature[] = [];
  for (const name of values.feature ?? []) {
    const feature = policyFeatures.find((known) => known === name);
    if (feature === undefined) {
      return wrongUsage(terminal, `Unknown feature "${name}": expected one of ${policyFeatures.join(", ")}.`);
    }
    features.push(feature);
  }
  if (values.account !== undefined && !/^[0-9]{12}$/.test(values.account)) {
    return wrongUsage(terminal, `Not an account id: "${values.account}". Expected 12 digits.`);
  }
  const input = await loadConfigInput({ env: process.env, ...load });
  const asked = values.provider === undefined ? undefined : providers.find((name) => name === values.provider);
  if (values.provider !== undefined && asked === undefined) {
    return wrongUsage(terminal, `Unknown provider "${values.provider}": expected one of ${providers.join(", ")}.`);
  }
  // A provider that was asked for is looked at as if it were the one switched on.
  const config = resolveConfig(
    asked === undefined ? input : { ...input, settings: switchOnly(asked, input.settings ?? []) },
  );
  const provider = providers.find((name) => name === config.provider);
  if (provider === undefined) {
    return wrongUsage(terminal, "No provider on AWS is switched on: say which one with --provider.");
  }
  const region = values.region ?? config.region?.value ?? null;
  const models = (values.model ?? usualModels).filter((model) => model !== "*");
  const regional = values.region === undefined || values.region === "*" ? config : withRegion(config, values.region);
  const workspace = values.workspace ?? config.workspaceId?.value ?? null;
  const policy = policyFor({
    provider,
    partition: region === null || region === "*" ? undefined : partitionOfRegion(region).name,
    region: region === "*" ? null : region,
    accountId: values.account ?? null,
    workspaceId: workspace === "*" ? null : workspace,
    models:
      provider === "anthropic-aws" ? [] : unique(models.map((model) => planRequest(regional, { model }).model.id)),
    authentication: values.key || carriesKey(config) ? "key" : "sigv4",
    features: [...new Set([...usualFeatures[provider], ...features])],
  });
  terminal.out(JSON.stringify(policy, null, 2));
  return 0;
}

function unique(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)];
}

type Config = ReturnType<typeof resolveConfig>;

function carriesKey(config: Config): boolean {
  const { method } = config.endpoints[0].authentication;
  return method === "api-key" || method === "bearer";
}

function withRegion(config: Config, region: string): Config {
  return { ...config, region: { value: region, source: "--region" } };
}

type Settings = NonNullable<Parameters<typeof resolveConfig>[0]["settings"]>;

function switchOnly(asked: PolicyQuestion["provider"], settings: Settings): Settings {
  return [{ source: "managed", value: { env: { ...onlyEmpty, [switches[asked]]: "1" } } }, ...settings];
}

const onlyEmpty: Readonly<Record<string, string>> = {
  CLAUDE_CODE_USE_BEDROCK: "",
  CLAUDE_CODE_USE_FOUNDRY: "",
  CLAUDE_CODE_USE_ANTHROPIC_AWS: "",
  CLAUDE_CODE_USE_MANTLE: "",
};

function parse(args: readonly string[]): ReturnType<typeof parseArgs<{ options: typeof options }>>["values"] {
  return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
}

function wrongUsage(terminal: Terminal, message: string): number {
  terminal.error(`${message}\n\n${usage}`);
  return 2;
}
