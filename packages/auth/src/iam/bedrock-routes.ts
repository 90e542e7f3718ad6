import type { ResourceName } from "./resources.ts";

/** One route of Amazon Bedrock or its Messages endpoint, and what a policy must allow for it. */
export interface ServiceRoute {
  readonly provider: "bedrock" | "mantle";
  /** Which hosts serve it. */
  readonly plane: "runtime" | "control";
  readonly method: "GET" | "POST" | "DELETE";
  /** Path; a name in braces stands for one segment, in which `/` is sent as `%2F`. */
  readonly path: string;
  /** The operation, as AWS names it. */
  readonly operation: string;
  /** Action with its service prefix. */
  readonly action: string;
  /** Kinds of resources that a statement may name; empty where only `*` will do. */
  readonly resources: readonly ResourceName[];
}

type Row = readonly [
  plane: ServiceRoute["plane"],
  method: ServiceRoute["method"],
  path: string,
  operation: string,
  action: string,
  resources: readonly ResourceName[],
];

/** A model, or a profile that stands for models; a profile needs the models behind it allowed too. */
const MODELS: readonly ResourceName[] = [
  "foundation-model",
  "inference-profile",
  "application-inference-profile",
  "provisioned-model",
];
const PROFILES: readonly ResourceName[] = ["inference-profile", "application-inference-profile"];

const ROWS: readonly Row[] = [
  ["runtime", "POST", "/model/{modelId}/invoke", "InvokeModel", "InvokeModel", MODELS],
  [
    "runtime",
    "POST",
    "/model/{modelId}/invoke-with-response-stream",
    "InvokeModelWithResponseStream",
    "InvokeModelWithResponseStream",
    MODELS,
  ],
  // Converse has no action of its own.
  ["runtime", "POST", "/model/{modelId}/converse", "Converse", "InvokeModel", MODELS],
  ["runtime", "POST", "/model/{modelId}/converse-stream", "ConverseStream", "InvokeModelWithResponseStream", MODELS],
  ["runtime", "POST", "/model/{modelId}/count-tokens", "CountTokens", "CountTokens", MODELS],
  ["control", "GET", "/inference-profiles", "ListInferenceProfiles", "ListInferenceProfiles", PROFILES],
  [
    "control",
    "GET",
    "/inference-profiles/{inferenceProfileIdentifier}",
    "GetInferenceProfile",
    "GetInferenceProfile",
    PROFILES,
  ],
  ["control", "POST", "/inference-profiles", "CreateInferenceProfile", "CreateInferenceProfile", MODELS],
  [
    "control",
    "DELETE",
    "/inference-profiles/{inferenceProfileIdentifier}",
    "DeleteInferenceProfile",
    "DeleteInferenceProfile",
    PROFILES,
  ],
  ["control", "GET", "/foundation-models", "ListFoundationModels", "ListFoundationModels", []],
  [
    "control",
    "GET",
    "/foundation-models/{modelIdentifier}",
    "GetFoundationModel",
    "GetFoundationModel",
    ["foundation-model"],
  ],
  [
    "control",
    "GET",
    "/foundation-model-availability/{modelId}",
    "GetFoundationModelAvailability",
    "GetFoundationModelAvailability",
    [],
  ],
  ["control", "POST", "/use-case-for-model-access", "PutUseCaseForModelAccess", "PutUseCaseForModelAccess", []],
  ["control", "GET", "/use-case-for-model-access", "GetUseCaseForModelAccess", "GetUseCaseForModelAccess", []],
  [
    "control",
    "GET",
    "/provisioned-model-throughputs",
    "ListProvisionedModelThroughputs",
    "ListProvisionedModelThroughputs",
    [],
  ],
];

/**
 * The routes of Amazon Bedrock that have to do with Claude.
 *
 * @see {@link https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html | Actions of Amazon Bedrock}
 */
export const bedrockRoutes: readonly ServiceRoute[] = ROWS.map(
  ([plane, method, path, operation, action, resources]) => ({
    provider: "bedrock",
    plane,
    method,
    path,
    operation,
    action: `bedrock:${action}`,
    resources,
  }),
);

/**
 * The routes of the Messages endpoint of Amazon Bedrock.
 *
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/claude-in-amazon-bedrock | Claude in Amazon Bedrock}
 */
export const mantleRoutes: readonly ServiceRoute[] = [
  {
    provider: "mantle",
    plane: "runtime",
    method: "POST",
    path: "/anthropic/v1/messages",
    operation: "CreateMessage",
    action: "bedrock-mantle:CreateInference",
    resources: ["project"],
  },
];
