import type { AwsProvider } from "@claude-on-aws/endpoints";
import type { GatewayRoute, RouteOperation } from "../terms/gateway-route.ts";

/** The services that have what an operation asks for; one that is not here is served by all of them. */
const PROVIDERS: Readonly<Partial<Record<RouteOperation, readonly AwsProvider[]>>> = {
  Batches: ["anthropic-aws"],
  Files: ["anthropic-aws"],
  ListModels: ["anthropic-aws", "bedrock"],
  GetModel: ["anthropic-aws", "bedrock"],
  InvokeModel: ["bedrock"],
  InvokeModelWithResponseStream: ["bedrock"],
  Converse: ["bedrock"],
  ConverseStream: ["bedrock"],
  BedrockCountTokens: ["bedrock"],
  InferenceProfiles: ["bedrock"],
};

/**
 * Says whether a service has what is asked for.
 *
 * @param provider The service.
 * @param route What is asked for.
 * @returns Whether it has.
 */
export const isServedBy = (provider: AwsProvider, { operation }: Pick<GatewayRoute, "operation">): boolean =>
  PROVIDERS[operation]?.includes(provider) ?? true;
