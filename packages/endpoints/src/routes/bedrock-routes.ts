import type { Plane } from "../aws-provider.ts";
import { CLAUDE_SERVICES } from "../claude-services.ts";
import type { ResourceName } from "../resource-arns.ts";
import { BEDROCK_OTHER_ROWS } from "./bedrock-other-rows.ts";
import type { Route } from "./route.ts";

type Row = readonly [
  plane: Plane,
  method: Route["method"],
  path: string,
  operation: string,
  resources: readonly ResourceName[] | undefined,
  /** Without its prefix; left out where it has the name of the operation. */
  action?: string | undefined,
];

/** A model, or a profile that stands for models; the models that a profile routes to have to be allowed too. */
const MODELS: readonly ResourceName[] = [
  "foundation-model",
  "inference-profile",
  "application-inference-profile",
  "provisioned-model",
];
const PROFILES: readonly ResourceName[] = ["inference-profile", "application-inference-profile"];

const ROWS: readonly Row[] = [
  ["runtime", "POST", "/model/{modelId}/invoke", "InvokeModel", MODELS],
  ["runtime", "POST", "/model/{modelId}/invoke-with-response-stream", "InvokeModelWithResponseStream", MODELS],
  // Converse has no action of its own.
  ["runtime", "POST", "/model/{modelId}/converse", "Converse", MODELS, "InvokeModel"],
  ["runtime", "POST", "/model/{modelId}/converse-stream", "ConverseStream", MODELS, "InvokeModelWithResponseStream"],
  ["runtime", "POST", "/model/{modelId}/count-tokens", "CountTokens", MODELS],
  // The Messages API; InvokeModelWithResponseStream where it streams. Not in the service model: see
  // docs.aws.amazon.com/bedrock/latest/userguide/inference-messages-api.
  ["runtime", "POST", "/anthropic/v1/messages", "CreateMessage", MODELS, "InvokeModel"],
  ["control", "GET", "/inference-profiles", "ListInferenceProfiles", PROFILES],
  ["control", "GET", "/inference-profiles/{inferenceProfileIdentifier}", "GetInferenceProfile", PROFILES],
  ["control", "POST", "/inference-profiles", "CreateInferenceProfile", MODELS],
  ["control", "DELETE", "/inference-profiles/{inferenceProfileIdentifier}", "DeleteInferenceProfile", PROFILES],
  ["control", "GET", "/foundation-models", "ListFoundationModels", []],
  ["control", "GET", "/foundation-models/{modelIdentifier}", "GetFoundationModel", ["foundation-model"]],
  ["control", "GET", "/foundation-model-availability/{modelId}", "GetFoundationModelAvailability", []],
  ["control", "POST", "/use-case-for-model-access", "PutUseCaseForModelAccess", []],
  ["control", "GET", "/use-case-for-model-access", "GetUseCaseForModelAccess", []],
  ["control", "GET", "/provisioned-model-throughputs", "ListProvisionedModelThroughputs", []],
];

/**
 * The routes of Amazon Bedrock: those that concern Claude, with the resources that a statement may name, and then the
 * others of its two hosts.
 *
 * @example Usage
 * ```ts
 * import { BEDROCK_ROUTES } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * const route = BEDROCK_ROUTES.find(({ operation }) => operation === "Converse");
 * equal(route?.action, "bedrock:InvokeModel");
 * ```
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/ | Amazon Bedrock API reference}
 * @see {@link https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html | Actions of Amazon Bedrock}
 */
export const BEDROCK_ROUTES: readonly Route[] = /* @__PURE__ */ [
  ...ROWS,
  ...BEDROCK_OTHER_ROWS.map(([plane, method, path, operation, action]): Row => {
    return [plane, method, path, operation, undefined, action];
  }),
].map(([plane, method, path, operation, resources, action = operation]): Route => ({
  provider: "bedrock",
  plane,
  method,
  path,
  operation,
  action: `${CLAUDE_SERVICES.bedrock.actionPrefix}:${action}`,
  ...(resources === undefined ? {} : { resources }),
}));
