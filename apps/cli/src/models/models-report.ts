import type { Geography } from "@claude-on-aws/bedrock";
import {
  findProfiles,
  MODEL_ALIASES,
  MODEL_PROFILES,
  MODELS,
  profileGeographies,
  profileRegions,
  resolveModel,
  type FoundProfile,
  type Model,
  type ModelProfiles,
  type ModelProvider,
} from "@claude-on-aws/models";

/** What the command is asked about. */
export interface ModelsQuestion {
  readonly region: string;
  readonly clientVersion: string;
  readonly inferenceProfiles: readonly string[];
  readonly providers: readonly ModelProvider[];
}

/** What `models --json` prints. */
export interface ModelsReport {
  readonly clientVersion: string;
  readonly region: string;
  /** What each alias means, by provider. */
  readonly aliases: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Those that one of the providers has. */
  readonly models: readonly Model[];
  /** Without Amazon Bedrock among the providers, these and what follows are empty. From which regions profiles are called, and which bare ids these take. */
  readonly regions: readonly ProfileRegion[];
  /** In which geographies each model has a profile, and how well that is known. */
  readonly geographies: readonly ModelProfiles[];
  /** The profiles that can be called from the region that was asked for, with the regions that they route to. */
  readonly profiles: readonly FoundProfile[];
}

/** What a region offers. */
interface ProfileRegion {
  readonly region: string;
  /** The geographies whose profiles can be called from it. */
  readonly geographies: readonly Geography[];
  /** The ids that it takes without a geography. */
  readonly bareIds: readonly string[];
}

/**
 * Answers what the aliases mean, and which models and regions are known, of the providers that are asked for alone.
 *
 * @param question The region, the client's version, and what the account lists.
 * @returns The report.
 */
export function createModelsReport(question: ModelsQuestion): ModelsReport {
  const { region, clientVersion, inferenceProfiles, providers } = question;
  const meanings = (provider: ModelProvider): Readonly<Record<string, string>> =>
    Object.fromEntries(
      MODEL_ALIASES.map((alias) => [
        alias,
        resolveModel(alias, { provider, region, clientVersion, inferenceProfiles }).id,
      ]),
    );
  const isBedrock = providers.includes("bedrock");
  const profilesOfModels = isBedrock ? MODEL_PROFILES : [];
  return {
    clientVersion,
    region,
    aliases: Object.fromEntries(providers.map((provider) => [provider, meanings(provider)])),
    models: MODELS.filter(({ mantleId }) => mantleId !== null || providers.some((provider) => provider !== "mantle")),
    regions: (isBedrock ? profileRegions() : []).map((name) => ({
      region: name,
      geographies: profileGeographies(name),
      bareIds: MODEL_PROFILES.filter(({ bareIn }) => bareIn.includes(name)).map(({ bedrockId }) => bedrockId),
    })),
    geographies: profilesOfModels,
    profiles: profilesOfModels.flatMap(({ bedrockId }) => findProfiles(bedrockId, region)),
  };
}
