import { resolveConfig } from "@claude-on-aws/env";
import { loadConfigInput } from "@claude-on-aws/env/load";
import type { UpstreamSettings } from "../settings/upstream-settings.ts";
import { createConfiguredUpstream } from "./create-configured-upstream.ts";
import type { Upstream } from "./upstream.ts";

/** Variables of a process, by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The variables that say for each provider that it is meant, and where it is. */
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

/**
 * Makes an upstream of the configuration.
 *
 * @param settings What the configuration says of it.
 * @param env The variables of the process, for what it leaves out.
 * @returns The upstream.
 * @throws {GatewayError} `SETTINGS_INVALID` where nothing could be sent to it.
 */
export function createUpstream(settings: UpstreamSettings, env: Variables): Promise<Upstream> {
  const variables = overlay(settings, env);
  return createConfiguredUpstream(settings.name, async () => {
    const { awsFiles } = await loadConfigInput({ env: variables });
    return resolveConfig({ env: variables, awsFiles });
  });
}

function overlay(settings: UpstreamSettings, env: Variables): Variables {
  const { provider, region, workspaceId, baseUrl, profile, apiKeyVariable } = settings;
  const own = OF_PROVIDER[provider];
  const switches = Object.values(OF_PROVIDER).map(({ on }) => [on, undefined] as const);
  return {
    ...env,
    ...Object.fromEntries(switches),
    [own.on]: "1",
    ...(region !== undefined && { AWS_REGION: region }),
    ...(workspaceId !== undefined && { ANTHROPIC_AWS_WORKSPACE_ID: workspaceId }),
    ...(baseUrl !== undefined && { [own.baseUrl]: baseUrl }),
    ...(profile !== undefined && { AWS_PROFILE: profile }),
    ...(apiKeyVariable !== undefined && { [own.key]: env[apiKeyVariable] }),
  };
}
