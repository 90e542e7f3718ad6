import { bedrockRoutes, claudePlatformRoutes, type ServiceRoute } from "@claude-on-aws/auth/iam";
import type { Provider } from "../terms/provider.ts";

/** Operations that the fake answers. */
export type BuiltOperation =
  | "CreateMessage"
  | "CountTokens"
  | "ListModels"
  | "GetModel"
  | "InvokeModel"
  | "InvokeModelWithResponseStream"
  | "Converse"
  | "ConverseStream"
  | "CountTokensOfModel"
  | "ListInferenceProfiles"
  | "GetInferenceProfile"
  | "CreateMessageOnMantle"
  | "CreateMessageBatch"
  | "ListMessageBatches"
  | "GetMessageBatch"
  | "GetMessageBatchResults"
  | "CancelMessageBatch"
  | "DeleteMessageBatch"
  | "CreateFile"
  | "ListFiles"
  | "GetFile"
  | "GetFileContent"
  | "DeleteFile"
  | "CreateWorkspace"
  | "ListWorkspaces"
  | "GetWorkspace"
  | "UpdateWorkspace"
  | "ArchiveWorkspace"
  | "CreateInferenceProfile"
  | "DeleteInferenceProfile"
  | "ListFoundationModels"
  | "GetFoundationModel"
  | "GetFoundationModelAvailability"
  | "PutUseCaseForModelAccess"
  | "GetUseCaseForModelAccess";

/** One thing that a client can ask a provider for. */
export interface Operation {
  /** Name as AWS and Anthropic write it. */
  readonly name: string;
  readonly provider: Provider;
  readonly method: string;
  /** Path; a name in braces stands for one segment. */
  readonly path: string;
  /** Which of the two hosts of Amazon Bedrock serves it; absent at the services that have one. */
  readonly plane?: ServiceRoute["plane"];
  /** Action that a policy must allow, with its service prefix. */
  readonly action: string;
  /** What a POST carries: a form with a file, or nothing; absent where it is an object of JSON. */
  readonly takes?: "form" | "nothing";
  /** The behaviour that answers it; absent where the route exists at AWS but not yet here. */
  readonly built?: BuiltOperation;
}

type Row = readonly [name: string, method: string, path: string, action: string, built?: BuiltOperation | undefined];

const BEDROCK: readonly Row[] = [
  ["InvokeModel", "POST", "/model/{modelId}/invoke", "InvokeModel", "InvokeModel"],
  [
    "InvokeModelWithResponseStream",
    "POST",
    "/model/{modelId}/invoke-with-response-stream",
    "InvokeModelWithResponseStream",
    "InvokeModelWithResponseStream",
  ],
  ["Converse", "POST", "/model/{modelId}/converse", "InvokeModel", "Converse"],
  ["ConverseStream", "POST", "/model/{modelId}/converse-stream", "InvokeModelWithResponseStream", "ConverseStream"],
  ["CountTokens", "POST", "/model/{modelId}/count-tokens", "CountTokens", "CountTokensOfModel"],
  ["ListInferenceProfiles", "GET", "/inference-profiles", "ListInferenceProfiles", "ListInferenceProfiles"],
  [
    "GetInferenceProfile",
    "GET",
    "/inference-profiles/{inferenceProfileIdentifier}",
    "GetInferenceProfile",
    "GetInferenceProfile",
  ],
  ["CreateInferenceProfile", "POST", "/inference-profiles", "CreateInferenceProfile", "CreateInferenceProfile"],
  [
    "DeleteInferenceProfile",
    "DELETE",
    "/inference-profiles/{inferenceProfileIdentifier}",
    "DeleteInferenceProfile",
    "DeleteInferenceProfile",
  ],
  ["ListFoundationModels", "GET", "/foundation-models", "ListFoundationModels", "ListFoundationModels"],
  ["GetFoundationModel", "GET", "/foundation-models/{modelIdentifier}", "GetFoundationModel", "GetFoundationModel"],
  [
    "GetFoundationModelAvailability",
    "GET",
    "/foundation-model-availability/{modelId}",
    "GetFoundationModelAvailability",
    "GetFoundationModelAvailability",
  ],
  [
    "PutUseCaseForModelAccess",
    "POST",
    "/use-case-for-model-access",
    "PutUseCaseForModelAccess",
    "PutUseCaseForModelAccess",
  ],
  [
    "GetUseCaseForModelAccess",
    "GET",
    "/use-case-for-model-access",
    "GetUseCaseForModelAccess",
    "GetUseCaseForModelAccess",
  ],
];

const MANTLE: readonly Row[] = [
  ["CreateMessage", "POST", "/anthropic/v1/messages", "CreateInference", "CreateMessageOnMantle"],
  // A client whose base URL is replaced leaves the prefix out (Claude Code 2.1.329).
  ["CreateMessage", "POST", "/v1/messages", "CreateInference", "CreateMessageOnMantle"],
  // Sent by the Mantle client of @anthropic-ai/bedrock-sdk; documented neither as served nor as missing.
  ["CountTokens", "POST", "/anthropic/v1/messages/count_tokens", "CountTokens", "CountTokens"],
  ["CountTokens", "POST", "/v1/messages/count_tokens", "CountTokens", "CountTokens"],
];

/** The routes of Claude Platform on AWS are the IAM table; these of them are built. */
const BUILT_ON_CLAUDE_PLATFORM: Readonly<Record<string, BuiltOperation>> = {
  "POST /v1/messages": "CreateMessage",
  "POST /v1/messages/count_tokens": "CountTokens",
  "POST /v1/messages/batches": "CreateMessageBatch",
  "GET /v1/messages/batches": "ListMessageBatches",
  "GET /v1/messages/batches/{id}": "GetMessageBatch",
  "GET /v1/messages/batches/{id}/results": "GetMessageBatchResults",
  "POST /v1/messages/batches/{id}/cancel": "CancelMessageBatch",
  "DELETE /v1/messages/batches/{id}": "DeleteMessageBatch",
  "GET /v1/models": "ListModels",
  "GET /v1/models/{id}": "GetModel",
  "POST /v1/files": "CreateFile",
  "GET /v1/files": "ListFiles",
  "GET /v1/files/{id}": "GetFile",
  "GET /v1/files/{id}/content": "GetFileContent",
  "DELETE /v1/files/{id}": "DeleteFile",
  "POST /v1/organizations/workspaces": "CreateWorkspace",
  "GET /v1/organizations/workspaces": "ListWorkspaces",
  "GET /v1/organizations/workspaces/{id}": "GetWorkspace",
  "POST /v1/organizations/workspaces/{id}": "UpdateWorkspace",
  "POST /v1/organizations/workspaces/{id}/archive": "ArchiveWorkspace",
};

/** Operations whose POST carries no object of JSON. */
const TAKES: Partial<Record<BuiltOperation, "form" | "nothing">> = {
  CreateFile: "form",
  CancelMessageBatch: "nothing",
  ArchiveWorkspace: "nothing",
};

const fromRows = (provider: Provider, actionPrefix: string, rows: readonly Row[]): Operation[] =>
  rows.map(([name, method, path, action, built]) => ({
    name,
    provider,
    method,
    path,
    action: `${actionPrefix}:${action}`,
    ...(built === undefined || TAKES[built] === undefined ? {} : { takes: TAKES[built] }),
    ...(built === undefined ? {} : { built }),
  }));

const planeOf = ({ method, path }: Pick<Operation, "method" | "path">): ServiceRoute["plane"] =>
  bedrockRoutes.find((route) => route.method === method && route.path === path)?.plane ?? "runtime";

/**
 * Every operation that the fake knows: the first file to read.
 *
 * @see {@link https://platform.claude.com/docs/en/api/claude-platform-on-aws-iam-actions | Routes of Claude Platform on AWS}
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/ | Amazon Bedrock API reference}
 */
export const operations: readonly Operation[] = [
  ...fromRows(
    "anthropic-aws",
    "aws-external-anthropic",
    claudePlatformRoutes.map(({ method, path, action }): Row => {
      const built = BUILT_ON_CLAUDE_PLATFORM[`${method} ${path}`];
      return [built ?? action, method, path, action, built];
    }),
  ),
  ...fromRows("bedrock", "bedrock", BEDROCK).map((operation) => ({ ...operation, plane: planeOf(operation) })),
  ...fromRows("mantle", "bedrock-mantle", MANTLE),
];
