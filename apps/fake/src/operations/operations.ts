import { BEDROCK_ROUTES, CLAUDE_PLATFORM_ROUTES, MANTLE_ROUTES } from "@claude-on-aws/endpoints";
import type { Operation } from "../exchange/operation.ts";
import type { Provider } from "../terms/provider.ts";
import { FOUNDATION_MODEL_OPERATIONS } from "./bedrock/foundation-model-operations.ts";
import { INFERENCE_PROFILE_OPERATIONS } from "./bedrock/inference-profile-operations.ts";
import { INVOCATION_OPERATIONS } from "./bedrock/invocation-operations.ts";
import { RUNTIME_MESSAGE_OPERATIONS } from "./bedrock/runtime-message-operations.ts";
import { USE_CASE_OPERATIONS } from "./bedrock/use-case-operations.ts";
import { FILE_OPERATIONS } from "./files/file-operations.ts";
import { MESSAGE_BATCH_OPERATIONS } from "./message-batches/message-batch-operations.ts";
import { MANTLE_MESSAGE_OPERATIONS, MESSAGE_OPERATIONS } from "./messages/message-operations.ts";
import { MODEL_OPERATIONS } from "./models/model-operations.ts";
import type { OperationTable } from "./operation-table.ts";
import { toOperation } from "./to-operation.ts";
import { WORKSPACE_OPERATIONS } from "./workspaces/workspace-operations.ts";

/** What the fake answers, by provider. */
const BUILT: Readonly<Record<Provider, OperationTable>> = {
  "anthropic-aws": {
    ...MESSAGE_OPERATIONS,
    ...MODEL_OPERATIONS,
    ...MESSAGE_BATCH_OPERATIONS,
    ...FILE_OPERATIONS,
    ...WORKSPACE_OPERATIONS,
  },
  bedrock: {
    ...INVOCATION_OPERATIONS,
    ...RUNTIME_MESSAGE_OPERATIONS,
    ...INFERENCE_PROFILE_OPERATIONS,
    ...FOUNDATION_MODEL_OPERATIONS,
    ...USE_CASE_OPERATIONS,
  },
  mantle: MANTLE_MESSAGE_OPERATIONS,
};

/**
 * Every operation that the fake knows: the first file to read. Its route is the service's own; what the fake makes of
 * it stands in the folder of the operation.
 *
 * @example Which action a route needs
 * ```ts
 * import { OPERATIONS } from "@claude-on-aws/fake";
 * import { equal } from "node:assert/strict";
 *
 * const operation = OPERATIONS.find(({ name }) => name === "InvokeModelWithResponseStream");
 * equal(operation?.action, "bedrock:InvokeModelWithResponseStream");
 * ```
 *
 * @see {@link https://platform.claude.com/docs/en/api/claude-platform-on-aws-iam-actions | Routes of Claude Platform on AWS}
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/ | Amazon Bedrock API reference}
 */
export const OPERATIONS: readonly Operation[] = [...CLAUDE_PLATFORM_ROUTES, ...BEDROCK_ROUTES, ...MANTLE_ROUTES].map(
  (route) => toOperation(route, BUILT[route.provider][`${route.method} ${route.path}`]),
);
