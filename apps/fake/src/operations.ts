import {
  BEDROCK_ROUTES,
  CLAUDE_PLATFORM_ROUTES,
  MANTLE_ROUTES,
  type Plane,
  type Route,
} from "@claude-on-aws/endpoints";
import type { Provider } from "./provider.ts";

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
  readonly plane?: Plane;
  /** Action that a policy must allow, with its service prefix. */
  readonly action: string;
  /** What a POST carries: a form with a file, or nothing; absent where it is an object of JSON. */
  readonly takes?: "form" | "nothing";
  /** The behaviour that answers it; absent where the route exists at AWS but not yet here. */
  readonly built?: BuiltOperation;
}

/** Operations that are built under their own name. */
const namedAlike = (...names: readonly BuiltOperation[]): Readonly<Record<string, BuiltOperation>> =>
  Object.fromEntries(names.map((name) => [name, name]));

/** What is built of each provider, by the name of the operation. */
const BUILT: Readonly<Record<Provider, Readonly<Record<string, BuiltOperation>>>> = {
  "anthropic-aws": namedAlike(
    "CreateMessage",
    "CountTokens",
    "CreateMessageBatch",
    "ListMessageBatches",
    "GetMessageBatch",
    "GetMessageBatchResults",
    "CancelMessageBatch",
    "DeleteMessageBatch",
    "ListModels",
    "GetModel",
    "CreateFile",
    "ListFiles",
    "GetFile",
    "GetFileContent",
    "DeleteFile",
    "CreateWorkspace",
    "ListWorkspaces",
    "GetWorkspace",
    "UpdateWorkspace",
    "ArchiveWorkspace",
  ),
  bedrock: {
    ...namedAlike(
      "InvokeModel",
      "InvokeModelWithResponseStream",
      "Converse",
      "ConverseStream",
      "ListInferenceProfiles",
      "GetInferenceProfile",
      "CreateInferenceProfile",
      "DeleteInferenceProfile",
      "ListFoundationModels",
      "GetFoundationModel",
      "GetFoundationModelAvailability",
      "PutUseCaseForModelAccess",
      "GetUseCaseForModelAccess",
    ),
    CountTokens: "CountTokensOfModel",
  },
  mantle: { CreateMessage: "CreateMessageOnMantle", CountTokens: "CountTokens" },
};

/** Operations whose POST carries no object of JSON. */
const TAKES: Partial<Record<BuiltOperation, "form" | "nothing">> = {
  CreateFile: "form",
  CancelMessageBatch: "nothing",
  ArchiveWorkspace: "nothing",
};

function toOperation({ operation, provider, plane, method, path, action }: Route): Operation {
  const built = BUILT[provider][operation];
  const takes = built === undefined ? undefined : TAKES[built];
  return {
    name: operation,
    provider,
    method,
    path,
    action,
    ...(plane === undefined ? {} : { plane }),
    ...(takes === undefined ? {} : { takes }),
    ...(built === undefined ? {} : { built }),
  };
}

/**
 * Every operation that the fake knows: the first file to read.
 *
 * @see {@link https://platform.claude.com/docs/en/api/claude-platform-on-aws-iam-actions | Routes of Claude Platform on AWS}
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/ | Amazon Bedrock API reference}
 */
export const operations: readonly Operation[] = [...CLAUDE_PLATFORM_ROUTES, ...BEDROCK_ROUTES, ...MANTLE_ROUTES].map(
  toOperation,
);
