import { claudePlatformRoutes } from "@claude-on-aws/auth/iam";
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
  | "CreateMessageOnMantle";

/** One thing that a client can ask a provider for. */
export interface Operation {
  /** Name as AWS and Anthropic write it. */
  readonly name: string;
  readonly provider: Provider;
  readonly method: string;
  /** Path; a name in braces stands for one segment. */
  readonly path: string;
  /** Action that a policy must allow, with its service prefix. */
  readonly action: string;
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
const BUILT_ON_CLAUDE_PLATFORM: Readonly<Record<string, readonly [name: string, built: BuiltOperation]>> = {
  CreateInference: ["CreateMessage", "CreateMessage"],
  CountTokens: ["CountTokens", "CountTokens"],
  ListModels: ["ListModels", "ListModels"],
  GetModel: ["GetModel", "GetModel"],
};

const fromRows = (provider: Provider, actionPrefix: string, rows: readonly Row[]): Operation[] =>
  rows.map(([name, method, path, action, built]) => ({
    name,
    provider,
    method,
    path,
    action: `${actionPrefix}:${action}`,
    ...(built === undefined ? {} : { built }),
  }));

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
      const [name, built] = BUILT_ON_CLAUDE_PLATFORM[action] ?? [action];
      return [name, method, path, action, built];
    }),
  ),
  ...fromRows("bedrock", "bedrock", BEDROCK),
  ...fromRows("mantle", "bedrock-mantle", MANTLE),
];
