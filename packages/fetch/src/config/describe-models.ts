import type { Config } from "@claude-on-aws/env";
import type { ResolveModelOptions } from "@claude-on-aws/models/resolve";

/**
 * Says what a configuration has to say of models.
 *
 * @param config The configuration.
 * @param inferenceProfiles Ids of the inference profiles that the account lists.
 * @returns Options for `resolveModel`.
 */
export function describeModels(config: Config, inferenceProfiles: readonly string[]): ResolveModelOptions {
  const { pins, overrides, regionPrefix, disable1mContext, keepRetiredModels } = config.model;
  return {
    provider: config.provider,
    region: (config.start?.region ?? config.region)?.value,
    pins: {
      fable: pins.fable?.value,
      opus: pins.opus?.value,
      sonnet: pins.sonnet?.value,
      haiku: pins.haiku?.value,
    },
    overrides: new Map([...overrides].map(([id, { value }]) => [id, value])),
    inferenceProfiles,
    regionPrefix: regionPrefix?.value,
    disable1mContext: disable1mContext.value,
    keepRetiredModels,
    clientVersion: config.clientVersion,
  };
}
