import { bedrockRoutes, claudePlatformRoutes } from "@claude-on-aws/auth/iam";
import type { Operation } from "../exchange/operation.ts";
import type { Provider } from "../terms/provider.ts";

/** A route of a provider, and what it is called. */
type Route = Omit<Operation, "built">;

type Row = readonly [name: string, method: string, path: string, action: string];

const BEDROCK: readonly Row[] = [
  ["InvokeModel", "POST", "/model/{modelId}/invoke", "InvokeModel"],
  [
    "InvokeModelWithResponseStream",
    "POST",
    "/model/{modelId}/invoke-with-response-stream",
    "InvokeModelWithResponseStream",
  ],
  ["Converse", "POST", "/model/{modelId}/converse", "InvokeModel"],
  ["ConverseStream", "POST", "/model/{modelId}/converse-stream", "InvokeModelWithResponseStream"],
  ["CountTokens", "POST", "/model/{modelId}/count-tokens", "CountTokens"],
  ["ListInferenceProfiles", "GET", "/inference-profiles", "ListInferenceProfiles"],
  ["GetInferenceProfile", "GET", "/inference-profiles/{inferenceProfileIdentifier}", "GetInferenceProfile"],
  ["CreateInferenceProfile", "POST", "/inference-profiles", "CreateInferenceProfile"],
  ["DeleteInferenceProfile", "DELETE", "/inference-profiles/{inferenceProfileIdentifier}", "DeleteInferenceProfile"],
  ["ListFoundationModels", "GET", "/foundation-models", "ListFoundationModels"],
  ["GetFoundationModel", "GET", "/foundation-models/{modelIdentifier}", "GetFoundationModel"],
  [
    "GetFoundationModelAvailability",
    "GET",
    "/foundation-model-availability/{modelId}",
    "GetFoundationModelAvailability",
  ],
  ["PutUseCaseForModelAccess", "POST", "/use-case-for-model-access", "PutUseCaseForModelAccess"],
  ["GetUseCaseForModelAccess", "GET", "/use-case-for-model-access", "GetUseCaseForModelAccess"],
];

const MANTLE: readonly Row[] = [
  ["CreateMessage", "POST", "/anthropic/v1/messages", "CreateInference"],
  // A client whose base URL is replaced leaves the prefix out (Claude Code 2.1.329).
  ["CreateMessage", "POST", "/v1/messages", "CreateInference"],
  // Sent by the Mantle client of @anthropic-ai/bedrock-sdk; documented neither as served nor as missing.
  ["CountTokens", "POST", "/anthropic/v1/messages/count_tokens", "CountTokens"],
  ["CountTokens", "POST", "/v1/messages/count_tokens", "CountTokens"],
];

const NAMES: Readonly<Record<string, string>> = {
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

const fromRows = (provider: Provider, actionPrefix: string, rows: readonly Row[]): Route[] =>
  rows.map(([name, method, path, action]) => ({ name, provider, method, path, action: `${actionPrefix}:${action}` }));

const planeOf = ({ method, path }: Pick<Operation, "method" | "path">): Exclude<Route["plane"], undefined> =>
  bedrockRoutes.find((route) => route.method === method && route.path === path)?.plane ?? "runtime";

export const ROUTES: readonly Route[] = [
  ...fromRows(
    "anthropic-aws",
    "aws-external-anthropic",
    claudePlatformRoutes.map(({ method, path, action }): Row => [
      NAMES[`${method} ${path}`] ?? action,
      method,
      path,
      action,
    ]),
  ),
  ...fromRows("bedrock", "bedrock", BEDROCK).map((route) => ({ ...route, plane: planeOf(route) })),
  ...fromRows("mantle", "bedrock-mantle", MANTLE),
];
