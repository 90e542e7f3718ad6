import type { Config, Endpoint } from "@claude-on-aws/env";

// How Bedrock's Messages endpoint writes ids: a vendor, no geography, no revision.
const MANTLE_ID = /^anthropic\.[A-Za-z0-9-]+$/;
const REVISION = /-v[0-9]+$/;

/**
 * Says which endpoint a model is asked for at, where Bedrock and its Messages endpoint are both there.
 *
 * @param config The configuration.
 * @param modelId The id that is sent.
 * @returns The endpoint.
 */
export function chooseEndpoint(config: Config, modelId: string): Endpoint {
  const beside = config.endpoints[1];
  const isMantleId = MANTLE_ID.test(modelId) && !REVISION.test(modelId);
  return beside !== undefined && isMantleId ? beside : config.endpoints[0];
}
