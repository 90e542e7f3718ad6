import { isAccountId, partitionOfRegion } from "@claude-on-aws/endpoints";
import process from "node:process";
import type { parseArgs } from "node:util";
import { resolveConfig } from "@claude-on-aws/env";
import { loadConfigInput, type LoadOptions } from "@claude-on-aws/env/load";
import { findModelProblem, planRequest } from "@claude-on-aws/fetch";
import { everyGeography, routesOf } from "./profile-routes.ts";
import { CliError } from "../cli-error.ts";
import type { Command, Terminal } from "../command.ts";
import { sayWrongUsage } from "../wrong-usage.ts";
import { foldText } from "../fold-text.ts";
import { parseArguments } from "../parse-arguments.ts";
import { checkPolicies, type PolicyCheck } from "./check-policies.ts";
import { formatPolicyCheck } from "./format-policy-check.ts";
import { DEFAULT_JOURNAL, loadJournal } from "./load-journal.ts";
import { loadPolicy } from "./load-policy.ts";
import { POLICY_FEATURES, policyFor, type PolicyFeature, type PolicyQuestion } from "@claude-on-aws/auth/iam";

const USAGE = `Usage: claude-on-aws policy [options]
       claude-on-aws policy --check POLICY… [--journal FILE|URL] [--account ID]
                            [--json]

Writes the least IAM policy that Claude Code needs, as IAM JSON. What is not
given is taken from this machine's configuration.

With --check: says which exchanges that a fake recorded these policies would
have denied, with the statement that decides, and which were refused before
permissions were asked. A POLICY is a file, or the name of one that AWS
manages; several are those of one principal.

Options:
  --provider NAME      anthropic-aws, bedrock or mantle.
  --region REGION      Region of the requests; '*' for every one.
  --account ID         Twelve digits (default: every account; with --check that
                       of the fake).
  --workspace ID       Workspace of Claude Platform on AWS, or project of
                       Mantle; '*' for every one.
  --model NAME         A model that may be used; may be given more than once;
                       '*' for every model (default: the configured one, opus,
                       sonnet and haiku).
  --key                Requests carry a key instead of a signature.
  --feature NAME       What is used beside inference; may be given more than
                       once:
                       ${foldText(POLICY_FEATURES.join(", "), 56).join("\n                       ")}.
  --check POLICY       Check policies instead of writing one.
  --journal FILE|URL   The exchanges: what a fake answers to /_fake/journal, in
                       a file, on standard input (-), or at the URL of a fake
                       that runs (default: ${DEFAULT_JOURNAL}).
  --json               Print the check as one JSON object.
  -h, --help           Print this text.

Exit status: 0, or 1 where --check found something denied, or 2 for wrong usage
and where a policy or the journal cannot be read.`;

const OPTIONS = {
  provider: { type: "string" },
  region: { type: "string" },
  account: { type: "string" },
  workspace: { type: "string" },
  model: { type: "string", multiple: true },
  key: { type: "boolean" },
  feature: { type: "string", multiple: true },
  check: { type: "string", multiple: true },
  journal: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

const PROVIDERS: readonly PolicyQuestion["provider"][] = ["anthropic-aws", "bedrock", "mantle"];
const SWITCHES: Readonly<Record<PolicyQuestion["provider"], string>> = {
  "anthropic-aws": "CLAUDE_CODE_USE_ANTHROPIC_AWS",
  bedrock: "CLAUDE_CODE_USE_BEDROCK",
  mantle: "CLAUDE_CODE_USE_MANTLE",
};

// What Claude Code does at its start and with /context, beside inference.
const USUAL_FEATURES: Readonly<Record<PolicyQuestion["provider"], readonly PolicyFeature[]>> = {
  "anthropic-aws": ["count-tokens"],
  bedrock: ["list-profiles"],
  mantle: [],
};

// The session's own model, and those that Claude Code tries out at its start and uses in the background.
const USUAL_MODELS: readonly (string | null)[] = [null, "opus", "sonnet", "haiku"];

/**
 * Makes the command `policy`.
 *
 * @param load Where the configuration is read from; by default the process and its machine.
 * @returns The command.
 */
export function createPolicyCommand(load: LoadOptions = {}): Command {
  return {
    name: "policy",
    usage: USAGE,
    run: (args, terminal) => run(args, terminal, load),
  };
}

/** The command `policy` on the process's own configuration. */
export const policyCommand: Command = createPolicyCommand();

async function run(args: readonly string[], terminal: Terminal, load: LoadOptions): Promise<number> {
  let values: Values;
  try {
    values = parse(args);
  } catch (error) {
    return sayWrongUsage(terminal, error, "policy");
  }
  if (values.help) {
    terminal.out(USAGE);
    return 0;
  }
  const misplaced = findMisplaced(values);
  if (misplaced !== undefined) return sayWrongUsage(terminal, misplaced, "policy");
  if (values.account !== undefined && !isAccountId(values.account)) {
    return sayWrongUsage(terminal, `Not an account id: "${values.account}". Expected 12 digits.`, "policy");
  }
  if (values.check !== undefined) return check(values.check, values, terminal);
  const features: PolicyFeature[] = [];
  for (const name of values.feature ?? []) {
    const feature = POLICY_FEATURES.find((known) => known === name);
    if (feature === undefined) {
      return sayWrongUsage(
        terminal,
        `Unknown feature "${name}": expected one of ${POLICY_FEATURES.join(", ")}.`,
        "policy",
      );
    }
    features.push(feature);
  }
  const input = await loadConfigInput({ env: process.env, ...load });
  const asked = values.provider === undefined ? undefined : PROVIDERS.find((name) => name === values.provider);
  if (values.provider !== undefined && asked === undefined) {
    return sayWrongUsage(
      terminal,
      `Unknown provider "${values.provider}": expected one of ${PROVIDERS.join(", ")}.`,
      "policy",
    );
  }
  // A provider that was asked for is looked at as if it were the one switched on.
  const config = resolveConfig(
    asked === undefined ? input : { ...input, settings: switchOnly(asked, input.settings ?? []) },
  );
  const provider = PROVIDERS.find((name) => name === config.provider);
  if (provider === undefined) {
    return sayWrongUsage(terminal, "No provider on AWS is switched on: say which one with --provider.", "policy");
  }
  const region = values.region ?? config.region?.value ?? null;
  const models = (values.model ?? USUAL_MODELS).filter((model) => model !== "*");
  const regional = values.region === undefined || values.region === "*" ? config : withRegion(config, values.region);
  const workspace = values.workspace ?? config.workspaceId?.value ?? null;
  const inPartition = region === "*" ? (config.region?.value ?? null) : region;
  const plans = provider === "anthropic-aws" ? [] : models.map((model) => planRequest(regional, { model }));
  const asSent = plans.map(({ model }) => model.id);
  // Only what was asked for by name: the usual models are the client's own choice.
  for (const id of values.model === undefined ? [] : asSent) {
    const problem = findModelProblem(id, provider, region === "*" ? null : region);
    if (problem !== undefined) terminal.error(`${problem.code}: ${problem.message} ${problem.fix}`);
  }
  const ids = unique(region === "*" && provider === "bedrock" ? asSent.flatMap(everyGeography) : asSent);
  const policy = policyFor({
    provider,
    partition: inPartition === null ? undefined : partitionOfRegion(inPartition).name,
    region: region === "*" ? null : region,
    accountId: values.account ?? null,
    workspaceId: workspace === "*" ? null : workspace,
    models: ids,
    routedRegions: routesOf(ids, region === "*" ? null : region),
    authentication: values.key || carriesKey(config) ? "key" : "sigv4",
    features: [...new Set([...USUAL_FEATURES[provider], ...features])],
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
  return [{ source: "managed", value: { env: { ...ONLY_EMPTY, [SWITCHES[asked]]: "1" } } }, ...settings];
}

const ONLY_EMPTY: Readonly<Record<string, string>> = {
  CLAUDE_CODE_USE_BEDROCK: "",
  CLAUDE_CODE_USE_FOUNDRY: "",
  CLAUDE_CODE_USE_ANTHROPIC_AWS: "",
  CLAUDE_CODE_USE_MANTLE: "",
};

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>["values"];

function parse(args: readonly string[]): Values {
  const { values, positionals } = parseArguments({
    args: [...args],
    options: OPTIONS,
    strict: true,
    allowPositionals: true,
  });
  const [stray] = positionals;
  if (stray === undefined) return values;
  if (values.check === undefined)
    throw new CliError("USAGE", `Unexpected argument "${stray}": this command takes OPTIONS only.`);
  return { ...values, check: [...values.check, ...positionals] };
}

// What only one of the two ways to use the command takes.
const OF_WRITING = ["provider", "region", "workspace", "model", "key", "feature"] as const;
const OF_CHECKING = ["journal", "json"] as const;

function findMisplaced(values: Values): string | undefined {
  const isCheck = values.check !== undefined;
  const misplaced = (isCheck ? OF_WRITING : OF_CHECKING).find((name) => values[name] !== undefined);
  if (misplaced === undefined) return undefined;
  return `--${misplaced} does not go ${isCheck ? "with" : "without"} --check.`;
}

async function check(
  names: readonly string[],
  { journal, account, json }: Values,
  terminal: Terminal,
): Promise<number> {
  let found: PolicyCheck;
  try {
    const policies = await Promise.all(names.map(loadPolicy));
    found = checkPolicies(policies, await loadJournal(journal ?? DEFAULT_JOURNAL), account);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    terminal.error(error.message);
    return 2;
  }
  for (const line of json ? [JSON.stringify(found)] : formatPolicyCheck(found)) terminal.out(line);
  return found.exchanges.denied > 0 ? 1 : 0;
}
