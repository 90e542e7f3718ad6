import type { StartSettings } from "./config.ts";
import { createEnvironment, type Environment } from "./environment.ts";
import { mergeSettings } from "./merge-settings.ts";
import { resolveClientAuthentication } from "./resolve-client-authentication.ts";
import type { ConfigInput } from "./config-input.ts";
import { type CredentialResult, resolveCredentials } from "./resolve-credentials.ts";
import { resolveProfile } from "./resolve-profile.ts";
import { resolveRegion } from "./resolve-region.ts";
import { settingsAtStart } from "./settings-at-start.ts";
import type { Sourced } from "./settings.ts";

/** What {@link resolveStart} finds. */
export interface StartResult {
  readonly settings: Omit<StartSettings, "endpoints">;
  /** The credentials that the client keeps from then on; null where it needed none, or found none. */
  readonly chain: CredentialResult | null;
}

/**
 * Says what the client makes of Bedrock's part of its configuration at its start, when it lists the inference profiles.
 *
 * @param input What `resolveConfig` reads.
 * @param clientVersion The client's version.
 * @returns What holds then; null where nothing is different later.
 */
export function resolveStart(input: ConfigInput, clientVersion: string): StartResult | null {
  const files = settingsAtStart(input.settings ?? []);
  if (files === null) return null;
  const settings = mergeSettings(files);
  const environment = createEnvironment(input.env, settings, clientVersion);
  const awsFiles = input.awsFilesAtStart ?? input.awsFiles ?? {};
  const outputs = input.commandOutputs ?? {};
  const profileName = environment.raw("AWS_PROFILE") ?? { value: "default", source: "default" };
  const profile = resolveProfile(awsFiles, profileName.value);
  const { awsCredentialExport } = settings;
  const machine = input.machineCredentials ?? null;
  const chain = resolveCredentials({
    environment,
    awsFiles,
    profileName,
    profile,
    awsCredentialExport,
    outputs,
    machine,
  });
  const { authentication } = resolveClientAuthentication({
    provider: "bedrock",
    environment,
    apiKeyHelper: settings.apiKeyHelper,
    awsAuthRefresh: null,
    outputs,
    customHeaders: [],
    chain: () => chain,
  });
  const isWithout = authentication.method === "none" && authentication.source === "not found";
  return {
    settings: {
      region: resolveRegion("bedrock", environment, profile, clientVersion).region,
      controlPlaneUrl: findControlPlaneUrl(environment),
      listsProfiles: !isWithout,
    },
    chain: authentication.method === "sigv4" ? chain : null,
  };
}

/** Finds where inference profiles are listed and looked up; null for the region's own control plane. */
export function findControlPlaneUrl(environment: Environment): Sourced<string> | null {
  return (
    environment.text("ANTHROPIC_BEDROCK_BASE_URL") ??
    environment.text("AWS_ENDPOINT_URL_BEDROCK") ??
    environment.text("AWS_ENDPOINT_URL") ??
    null
  );
}
