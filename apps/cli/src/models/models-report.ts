import { BEDROCK_REGIONS, type BedrockRegion } from "@claude-on-aws/bedrock";
import { MODEL_ALIASES, MODELS, resolveModel, type Model, type ModelProvider } from "@claude-on-aws/models";

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
  readonly models: readonly Model[];
  readonly regions: readonly BedrockRegion[];
}

/**
 * Answers what the aliases mean, and which models and regions are known.
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
  return {
    clientVersion,
    region,
    aliases: Object.fromEntries(providers.map((provider) => [provider, meanings(provider)])),
    models: MODELS,
    regions: BEDROCK_REGIONS,
  };
}
