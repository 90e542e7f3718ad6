import { CLAUDE_SERVICES, compareVersions, isWorkspaceId, LATEST_CLIENT_VERSION } from "@claude-on-aws/endpoints";
import { describeProblem } from "./describe-problem.ts";
import type { Config, Endpoint, ModelSettings } from "./config.ts";
import type { ConfigInput } from "./config-input.ts";
import type { CredentialCommand } from "./credentials.ts";
import { findSettingsFault } from "./check-settings.ts";
import { createEnvironment, type Environment } from "./environment.ts";
import { EnvError } from "./env-error.ts";
import { findOverridden } from "./find-overridden.ts";
import { mergeSettings } from "./merge-settings.ts";
import { parseCustomHeaders, type CustomHeader } from "./parse-custom-headers.ts";
import { isMistakenSwitch, parseSwitch } from "./parse-switch.ts";
import type { Problem } from "./problem.ts";
import { PROVIDER_SWITCHES, PROVIDER_TITLES, type Provider } from "./provider.ts";
import { followedRefresh } from "./refresh-credentials.ts";
import { resolveClientAuthentication } from "./resolve-client-authentication.ts";
import { resolveBaseUrl } from "./resolve-base-url.ts";
import { resolveCaching } from "./resolve-caching.ts";
import { resolveCredentials, type CredentialResult } from "./resolve-credentials.ts";
import { resolveProfile } from "./resolve-profile.ts";
import { resolveRegion } from "./resolve-region.ts";
import { findControlPlaneUrl, resolveStart } from "./resolve-start.ts";
import type { MergedSettings, Sourced } from "./settings.ts";
import { VARIABLES } from "./variables.ts";

const SKIP_SWITCHES = [
  "CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH",
  "CLAUDE_CODE_SKIP_BEDROCK_AUTH",
  "CLAUDE_CODE_SKIP_MANTLE_AUTH",
];
const AUTHENTICATION_HEADERS: ReadonlySet<string> = new Set(["authorization", "x-api-key", "anthropic-workspace-id"]);
const VERSION = /^[0-9]{1,9}(?:\.[0-9]{1,9}){0,3}$/;
const DEPRECATED = /* @__PURE__ */ VARIABLES.filter(({ replacedBy }) => replacedBy !== undefined);

/**
 * Says what Claude Code makes of its configuration: which provider, where, with which credentials, and what its owner
 * should know about that.
 *
 * A wrong configuration throws nothing: what is wrong is in {@link Config.problems}.
 *
 * @example Usage
 * ```ts
 * import { resolveConfig } from "@claude-on-aws/env";
 * import { deepEqual, equal } from "node:assert/strict";
 *
 * const config = resolveConfig({
 *   env: {
 *     CLAUDE_CODE_USE_ANTHROPIC_AWS: "1",
 *     ANTHROPIC_AWS_WORKSPACE_ID: "wrkspc_01AbCdEf23GhIj",
 *     ANTHROPIC_AWS_API_KEY: "AEAAexample",
 *     AWS_REGION: "eu-west-1",
 *   },
 * });
 *
 * equal(config.provider, "anthropic-aws");
 * deepEqual(config.region, { value: "eu-west-1", source: "AWS_REGION" });
 * equal(config.endpoints[0].baseUrl?.value, "https://aws-external-anthropic.eu-west-1.api.aws");
 * deepEqual(config.problems, []);
 * ```
 *
 * @param input The variables, settings and files.
 * @returns The configuration, each value with its source.
 * @throws {EnvError} `CLIENT_VERSION` where the version is not dotted numbers.
 *
 * @see Observed in Claude Code 2.1.329.
 */
export function resolveConfig(input: ConfigInput): Config {
  const { commandOutputs = {}, machineCredentials = null, clientVersion = LATEST_CLIENT_VERSION } = input;
  if (!VERSION.test(clientVersion)) {
    throw new EnvError(
      "CLIENT_VERSION",
      clientVersion,
      `Cannot resolve for client version "${clientVersion.slice(0, 40)}": expected dotted numbers such as ${LATEST_CLIENT_VERSION}`,
    );
  }
  const awsFiles = input.awsFiles ?? {};
  const settings = mergeSettings(input.settings ?? []);
  const environment = createEnvironment(input.env, settings, clientVersion);
  const problems: Problem[] = [...(input.loadProblems ?? [])];
  for (const { source, value } of input.settings ?? []) {
    const reason = findSettingsFault(value);
    if (reason === null) continue;
    problems.push(describeProblem("settingsUnreadable", { path: `the ${source} settings`, reason }));
  }

  if (compareVersions(clientVersion, LATEST_CLIENT_VERSION) > 0) {
    problems.push(describeProblem("clientVersionUnknown", { version: clientVersion, latest: LATEST_CLIENT_VERSION }));
  }
  problems.push(...findOverridden(input.env, settings, environment));

  const { provider, providers } = resolveProvider(environment, problems);
  const onAws = Object.hasOwn(CLAUDE_SERVICES, provider);
  const profileName = environment.raw("AWS_PROFILE") ?? { value: "default", source: "default" };
  const profile = onAws ? resolveProfile(awsFiles, profileName.value) : undefined;
  const { region, problems: regionProblems } = resolveRegion(provider, environment, profile, clientVersion);
  problems.push(...regionProblems);

  const customHeaders = resolveCustomHeaders(environment, problems);
  let chain: CredentialResult | undefined;
  const walkChain = (): CredentialResult =>
    (chain ??= resolveCredentials({
      environment,
      awsFiles,
      profileName,
      profile,
      awsCredentialExport: settings.awsCredentialExport,
      outputs: commandOutputs,
      machine: machineCredentials,
    }));
  let pendingCommand: CredentialCommand | null = null;
  const resolveEndpoint = (of: Provider, walk: () => CredentialResult): Endpoint => {
    const url = resolveBaseUrl(of, region?.value ?? null, environment);
    const {
      authentication,
      command,
      problems: found,
    } = resolveClientAuthentication({
      provider: of,
      environment,
      apiKeyHelper: settings.apiKeyHelper,
      awsAuthRefresh: followedRefresh(of, clientVersion, settings.awsAuthRefresh),
      outputs: commandOutputs,
      customHeaders,
      chain: walk,
    });
    pendingCommand ??= command;
    return { provider: of, baseUrl: url.baseUrl, authentication, problems: [...url.problems, ...found] };
  };
  const resolveEndpoints = (walk: () => CredentialResult): Config["endpoints"] => {
    const first = resolveEndpoint(provider, walk);
    return provider === "bedrock" && providers.includes("mantle") ? [first, resolveEndpoint("mantle", walk)] : [first];
  };
  const endpoints = resolveEndpoints(walkChain);
  problems.push(...endpoints[0].problems);
  const start = provider === "bedrock" ? resolveStart(input, clientVersion) : null;
  const kept = start?.chain ?? null;
  const endpointsOfStart = kept === null ? endpoints : resolveEndpoints(() => keepCredentials(kept, walkChain()));

  const workspaceId = provider === "anthropic-aws" ? resolveWorkspace(environment, endpoints[0], problems) : null;
  reportDeprecated(environment, problems);

  return {
    clientVersion,
    provider,
    providers,
    region,
    workspaceId,
    endpoints,
    model: resolveModelSettings(environment, settings),
    caching: resolveCaching(environment, settings.promptCacheTtl, provider),
    customHeaders,
    betas: splitList(environment.text("ANTHROPIC_BETAS")?.value),
    disableExperimentalBetas: parseSwitch(environment.text("CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS")?.value),
    serviceTier: (provider === "bedrock" ? environment.text("ANTHROPIC_BEDROCK_SERVICE_TIER") : null) ?? null,
    controlPlaneUrl: provider === "bedrock" ? findControlPlaneUrl(environment) : null,
    start: start === null ? null : { ...start.settings, endpoints: endpointsOfStart },
    credentialCommands: {
      awsAuthRefresh: settings.awsAuthRefresh,
      awsCredentialExport: settings.awsCredentialExport,
      apiKeyHelper: settings.apiKeyHelper,
    },
    pendingCommand,
    problems,
  };
}

/** Says of the credentials that were found at the start which later ones they hide. */
function keepCredentials(kept: CredentialResult, later: CredentialResult): CredentialResult {
  if (later.source === null || later.source === kept.source) return kept;
  const hidden = { later: later.source, source: kept.source ?? "" };
  return { ...kept, problems: [...kept.problems, describeProblem("credentialsTakenAtStart", hidden)] };
}

function resolveProvider(
  environment: Environment,
  problems: Problem[],
): { provider: Provider; providers: readonly Provider[] } {
  const on = PROVIDER_SWITCHES.filter(({ variable }) => parseSwitch(environment.text(variable)?.value));
  const mistaken: string[] = [];
  for (const variable of [...PROVIDER_SWITCHES.map((row) => row.variable), ...SKIP_SWITCHES]) {
    const entry = environment.text(variable);
    if (entry === undefined || !isMistakenSwitch(entry.value)) continue;
    mistaken.push(variable);
    problems.push(describeProblem("switchNotTruthy", { source: entry.source, value: entry.value, variable }));
  }
  const winner = on[0]?.provider ?? "anthropic";
  for (const { provider, variable } of on.slice(1)) {
    if (winner === "bedrock" && provider === "mantle") continue;
    problems.push(
      describeProblem("providerShadowed", {
        variable,
        winner: on[0]?.variable ?? "",
        provider: PROVIDER_TITLES[provider],
      }),
    );
  }
  if (winner === "anthropic") reportFirstParty(environment, mistaken, problems);
  if (winner === "vertex") {
    problems.push(describeProblem("providerNotPlanned"));
  }
  return { provider: winner, providers: on.map(({ provider }) => provider) };
}

// Variables that nobody sets to reach the Anthropic API.
const SIGNS_OF_AWS = [
  "ANTHROPIC_AWS_WORKSPACE_ID",
  "ANTHROPIC_AWS_API_KEY",
  "ANTHROPIC_AWS_BASE_URL",
  "ANTHROPIC_BEDROCK_BASE_URL",
  "ANTHROPIC_BEDROCK_MANTLE_BASE_URL",
  "AWS_BEARER_TOKEN_BEDROCK",
];

function reportFirstParty(environment: Environment, mistaken: readonly string[], problems: Problem[]): void {
  const sign = mistaken[0] ?? SIGNS_OF_AWS.find((name) => environment.text(name) !== undefined);
  if (sign === undefined) return;
  problems.push(describeProblem("requestsGoToFirstParty", { sign }));
}

function resolveWorkspace(environment: Environment, endpoint: Endpoint, problems: Problem[]): Sourced<string> | null {
  const found = environment.text("ANTHROPIC_AWS_WORKSPACE_ID");
  if (found === undefined) {
    const skipped = parseSwitch(environment.text("CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH")?.value);
    problems.push({
      ...describeProblem("workspaceIdMissing", { provider: PROVIDER_TITLES[endpoint.provider] }),
      severity: skipped ? "warning" : "error",
    });
    return null;
  }
  if (!isWorkspaceId(found.value)) {
    problems.push(describeProblem("workspaceIdMalformed", { source: found.source, value: found.value }));
  }
  return found;
}

/** One of spaces alone asks for a model without a name, and the client sends that. */
const trimmed = (found: Sourced<string> | undefined): Sourced<string> | null =>
  found === undefined ? null : { ...found, value: found.value.trim() };

function resolveModelSettings(environment: Environment, settings: MergedSettings): ModelSettings {
  const text = (name: string): Sourced<string> | null => environment.text(name) ?? null;
  const newSessions = text("ANTHROPIC_DEFAULT_MODEL");
  const disable1m = environment.text("CLAUDE_CODE_DISABLE_1M_CONTEXT");
  return {
    requested:
      trimmed(environment.raw("ANTHROPIC_MODEL")) ??
      settings.model ??
      (newSessions?.value === "default" ? null : newSessions),
    pins: {
      fable: text("ANTHROPIC_DEFAULT_FABLE_MODEL"),
      opus: text("ANTHROPIC_DEFAULT_OPUS_MODEL"),
      sonnet: text("ANTHROPIC_DEFAULT_SONNET_MODEL"),
      haiku: text("ANTHROPIC_DEFAULT_HAIKU_MODEL"),
    },
    overrides: settings.modelOverrides,
    regionPrefix: text("ANTHROPIC_BEDROCK_REGION_PREFIX"),
    disable1mContext:
      disable1m === undefined
        ? { value: false, source: "default" }
        : { value: parseSwitch(disable1m.value), source: disable1m.source },
    keepRetiredModels: parseSwitch(environment.text("CLAUDE_CODE_DISABLE_LEGACY_MODEL_REMAP")?.value),
    smallFastModel: text("ANTHROPIC_DEFAULT_HAIKU_MODEL") ?? text("ANTHROPIC_SMALL_FAST_MODEL"),
    smallFastModelRegion: text("ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION"),
    subagentModel: text("CLAUDE_CODE_SUBAGENT_MODEL"),
  };
}

function resolveCustomHeaders(environment: Environment, problems: Problem[]): readonly CustomHeader[] {
  const given = environment.raw("ANTHROPIC_CUSTOM_HEADERS");
  if (given === undefined) return [];
  const { headers, malformed } = parseCustomHeaders(given.value);
  for (const position of malformed) {
    problems.push(describeProblem("customHeaderMalformed", { position, source: given.source }));
  }
  for (const [name] of headers) {
    if (!AUTHENTICATION_HEADERS.has(name)) continue;
    problems.push(describeProblem("customHeaderOverridesAuth", { source: given.source, name }));
  }
  return headers;
}

function reportDeprecated(environment: Environment, problems: Problem[]): void {
  for (const { name, replacedBy } of DEPRECATED) {
    const entry = environment.text(name);
    if (entry === undefined) continue;
    problems.push(describeProblem("variableDeprecated", { source: entry.source, replacement: replacedBy ?? "" }));
  }
}

function splitList(text: string | undefined): readonly string[] {
  return (text ?? "")
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
