import { createCredentialChain, createCredentials, type RefreshableSource } from "@claude-on-aws/auth/credentials";
import { type Config, resolveConfig } from "@claude-on-aws/env";
import { loadConfigInput } from "@claude-on-aws/env/load";
import { configuredCredentials } from "@claude-on-aws/fetch";
import { GatewayError } from "../gateway-error.ts";
import type { UpstreamSettings } from "../settings/upstream-settings.ts";
import { assumeRole } from "./assume-role.ts";
import { createConfiguredUpstream } from "./create-configured-upstream.ts";
import type { Upstream } from "./upstream.ts";

/** Variables of a process, by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The variables that say for each provider that it is meant, where it is, and which key it is shown. */
const OF_PROVIDER: Readonly<
  Record<UpstreamSettings["provider"], { readonly on: string; readonly baseUrl: string; readonly key: string }>
> = {
  "anthropic-aws": {
    on: "CLAUDE_CODE_USE_ANTHROPIC_AWS",
    baseUrl: "ANTHROPIC_AWS_BASE_URL",
    key: "ANTHROPIC_AWS_API_KEY",
  },
  bedrock: { on: "CLAUDE_CODE_USE_BEDROCK", baseUrl: "ANTHROPIC_BEDROCK_BASE_URL", key: "AWS_BEARER_TOKEN_BEDROCK" },
  mantle: {
    on: "CLAUDE_CODE_USE_MANTLE",
    baseUrl: "ANTHROPIC_BEDROCK_MANTLE_BASE_URL",
    key: "AWS_BEARER_TOKEN_BEDROCK",
  },
};

/** Switches that would lead elsewhere than the settings say. */
const SWITCHES: readonly string[] = [
  ...Object.values(OF_PROVIDER).map(({ on }) => on),
  "CLAUDE_CODE_USE_FOUNDRY",
  "CLAUDE_CODE_USE_VERTEX",
  "CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH",
  "CLAUDE_CODE_SKIP_BEDROCK_AUTH",
  "CLAUDE_CODE_SKIP_MANTLE_AUTH",
];

const KEYS: readonly string[] = ["ANTHROPIC_AWS_API_KEY", "AWS_BEARER_TOKEN_BEDROCK"];

const OF_ACCESS_KEY: readonly string[] = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

/**
 * Makes an upstream of the configuration. What it leaves out is taken from the variables of the process and from AWS's files; the
 * settings files of Claude Code have no say.
 *
 * @param settings What the configuration says of it.
 * @param env The variables of the process.
 * @param warn Told what is odd about it.
 * @returns The upstream.
 * @throws {GatewayError} `SETTINGS_INVALID` where nothing could be sent to it.
 */
export async function createUpstream(
  settings: UpstreamSettings,
  env: Variables,
  warn: (line: string) => void,
): Promise<Upstream> {
  const variables = overlay(settings, env);
  const resolve = async (): Promise<Config> => {
    const { awsFiles } = await loadConfigInput({ env: variables });
    const names = [{ source: "managed", value: { modelOverrides: settings.modelNames ?? {} } }] as const;
    return resolveConfig({ env: variables, awsFiles, settings: names });
  };
  const credentials = createSource(settings, env, resolve);
  const upstream = await createConfiguredUpstream(settings.name, resolve, warn, credentials);
  return { ...upstream, models: settings.models ?? null };
}

/** Lays what the settings say over the variables of the process. */
function overlay(settings: UpstreamSettings, env: Variables): Variables {
  const { name, provider, region, workspaceId, baseUrl, profile, assumeRole: role, apiKeyVariable } = settings;
  const own = OF_PROVIDER[provider];
  const key = apiKeyVariable === undefined ? undefined : env[apiKeyVariable];
  if (apiKeyVariable !== undefined && (key ?? "") === "") throw keyMissing(name, apiKeyVariable);
  // Who names a profile or a role means that, whatever else lies around.
  const hidden = [
    ...SWITCHES,
    ...(profile === undefined && role === undefined && key === undefined ? [] : KEYS),
    ...(profile === undefined ? [] : OF_ACCESS_KEY),
  ];
  return {
    ...env,
    ...Object.fromEntries(hidden.map((variable) => [variable, undefined])),
    [own.on]: "1",
    ...(region !== undefined && { AWS_REGION: region }),
    ...(workspaceId !== undefined && { ANTHROPIC_AWS_WORKSPACE_ID: workspaceId }),
    [own.baseUrl]: baseUrl ?? env[own.baseUrl],
    ...(profile !== undefined && { AWS_PROFILE: profile }),
    ...(key !== undefined && { [own.key]: key }),
  };
}

/** The source of what signs; undefined where the configuration's own does. */
function createSource(
  { profile, region, assumeRole: role, apiKeyVariable }: UpstreamSettings,
  env: Variables,
  resolve: () => Promise<Config>,
): RefreshableSource | undefined {
  if (apiKeyVariable !== undefined || (profile === undefined && role === undefined)) return undefined;
  const base = profile === undefined ? configuredCredentials(resolve) : createCredentials({ chain: ofProfile });
  if (role === undefined) return base;
  const chain = async () => {
    const config = await resolve();
    const asked = {
      from: base.get,
      region: config.region?.value ?? "us-east-1",
      endpoint: env["AWS_ENDPOINT_URL_STS"],
    };
    return assumeRole(role, asked)();
  };
  return createCredentials({ chain });

  async function ofProfile() {
    const { endpoints } = await resolve();
    for (const { authentication } of endpoints) {
      if (authentication.method === "sigv4" && authentication.credentials !== null) return authentication.credentials;
    }
    return createCredentialChain({ profile, region })();
  }
}

const keyMissing = (name: string, variable: string): GatewayError =>
  new GatewayError(
    "SETTINGS_INVALID",
    `Cannot use the upstream "${name}": the environment variable ${variable}, its apiKeyVariable, is not set; put the API key into it`,
  );
