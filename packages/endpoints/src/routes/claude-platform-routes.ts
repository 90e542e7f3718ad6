import { CLAUDE_SERVICES } from "../claude-services.ts";
import type { ResourceName } from "../resource-arns.ts";
import type { Route } from "./route.ts";

type Row = readonly [
  method: Route["method"],
  path: string,
  /** Without its prefix. */
  action: string,
  event: "Data" | "Management",
  /** Left out where it has the name of its action. */
  operation?: string,
];

const ROWS: readonly Row[] = [
  ["POST", "/v1/messages", "CreateInference", "Data", "CreateMessage"],
  ["POST", "/v1/messages/count_tokens", "CountTokens", "Data"],
  ["POST", "/v1/messages/batches", "CreateBatchInference", "Data", "CreateMessageBatch"],
  ["GET", "/v1/messages/batches", "ListBatchInferences", "Data", "ListMessageBatches"],
  ["GET", "/v1/messages/batches/{id}", "GetBatchInference", "Data", "GetMessageBatch"],
  ["GET", "/v1/messages/batches/{id}/results", "GetBatchInference", "Data", "GetMessageBatchResults"],
  ["POST", "/v1/messages/batches/{id}/cancel", "CancelBatchInference", "Data", "CancelMessageBatch"],
  ["DELETE", "/v1/messages/batches/{id}", "DeleteBatchInference", "Data", "DeleteMessageBatch"],
  ["GET", "/v1/models", "ListModels", "Data"],
  ["GET", "/v1/models/{id}", "GetModel", "Data"],
  ["POST", "/v1/files", "CreateFile", "Data"],
  ["GET", "/v1/files", "ListFiles", "Data"],
  ["GET", "/v1/files/{id}", "GetFile", "Data"],
  ["GET", "/v1/files/{id}/content", "GetFile", "Data", "GetFileContent"],
  ["DELETE", "/v1/files/{id}", "DeleteFile", "Data"],
  ["POST", "/v1/skills", "CreateSkill", "Data"],
  ["GET", "/v1/skills", "ListSkills", "Data"],
  ["GET", "/v1/skills/{id}", "GetSkill", "Data"],
  ["DELETE", "/v1/skills/{id}", "DeleteSkill", "Data"],
  ["POST", "/v1/skills/{id}/versions", "UpdateSkill", "Data"],
  ["GET", "/v1/skills/{id}/versions", "GetSkill", "Data"],
  ["GET", "/v1/skills/{id}/versions/{version}", "GetSkill", "Data"],
  ["GET", "/v1/skills/{id}/versions/{version}/content", "GetSkill", "Data"],
  ["DELETE", "/v1/skills/{id}/versions/{version}", "UpdateSkill", "Data"],
  ["POST", "/v1/user_profiles", "CreateUserProfile", "Data"],
  ["GET", "/v1/user_profiles", "ListUserProfiles", "Data"],
  ["GET", "/v1/user_profiles/{id}", "GetUserProfile", "Data"],
  ["POST", "/v1/user_profiles/{id}", "UpdateUserProfile", "Data"],
  ["POST", "/v1/organizations/workspaces", "CreateWorkspace", "Management"],
  ["GET", "/v1/organizations/workspaces", "ListWorkspaces", "Management"],
  ["GET", "/v1/organizations/workspaces/{id}", "GetWorkspace", "Management"],
  ["POST", "/v1/organizations/workspaces/{id}", "UpdateWorkspace", "Management"],
  ["POST", "/v1/organizations/workspaces/{id}/archive", "ArchiveWorkspace", "Management"],
  ["GET", "/v1/compliance/activities", "ListComplianceActivities", "Management"],
  ["POST", "/v1/agents", "CreateAgent", "Data"],
  ["GET", "/v1/agents", "ListAgents", "Data"],
  ["GET", "/v1/agents/{id}", "GetAgent", "Data"],
  ["POST", "/v1/agents/{id}", "UpdateAgent", "Data"],
  ["POST", "/v1/agents/{id}/archive", "ArchiveAgent", "Data"],
  ["GET", "/v1/agents/{id}/versions", "GetAgent", "Data"],
  ["POST", "/v1/sessions", "CreateSession", "Data"],
  ["GET", "/v1/sessions", "ListSessions", "Data"],
  ["GET", "/v1/sessions/{id}", "GetSession", "Data"],
  ["POST", "/v1/sessions/{id}", "UpdateSession", "Data"],
  ["POST", "/v1/sessions/{id}/archive", "ArchiveSession", "Data"],
  ["DELETE", "/v1/sessions/{id}", "DeleteSession", "Data"],
  ["GET", "/v1/sessions/{id}/events", "GetSession", "Data"],
  ["POST", "/v1/sessions/{id}/events", "UpdateSession", "Data"],
  ["GET", "/v1/sessions/{id}/events/stream", "GetSession", "Data"],
  ["GET", "/v1/sessions/{id}/resources", "GetSession", "Data"],
  ["GET", "/v1/sessions/{id}/resources/{id}", "GetSession", "Data"],
  ["POST", "/v1/sessions/{id}/resources", "UpdateSession", "Data"],
  ["POST", "/v1/sessions/{id}/resources/{id}", "UpdateSession", "Data"],
  ["DELETE", "/v1/sessions/{id}/resources/{id}", "UpdateSession", "Data"],
  ["POST", "/v1/environments", "CreateEnvironment", "Data"],
  ["GET", "/v1/environments", "ListEnvironments", "Data"],
  ["GET", "/v1/environments/{id}", "GetEnvironment", "Data"],
  ["POST", "/v1/environments/{id}", "UpdateEnvironment", "Data"],
  ["POST", "/v1/environments/{id}/archive", "ArchiveEnvironment", "Data"],
  ["DELETE", "/v1/environments/{id}", "DeleteEnvironment", "Data"],
  ["GET", "/v1/environments/{id}/work", "GetEnvironment", "Data"],
  ["GET", "/v1/environments/{id}/work/poll", "ProcessEnvironmentWork", "Data"],
  ["GET", "/v1/environments/{id}/work/{work_id}", "GetEnvironment", "Data"],
  ["GET", "/v1/environments/{id}/work/stats", "GetEnvironment", "Data"],
  ["POST", "/v1/environments/{id}/work/{work_id}", "ProcessEnvironmentWork", "Data"],
  ["POST", "/v1/environments/{id}/work/{work_id}/ack", "ProcessEnvironmentWork", "Data"],
  ["POST", "/v1/environments/{id}/work/{work_id}/heartbeat", "ProcessEnvironmentWork", "Data"],
  ["POST", "/v1/environments/{id}/work/{work_id}/stop", "ProcessEnvironmentWork", "Data"],
  ["POST", "/v1/vaults", "CreateVault", "Management"],
  ["GET", "/v1/vaults", "ListVaults", "Management"],
  ["GET", "/v1/vaults/{id}", "GetVault", "Management"],
  ["POST", "/v1/vaults/{id}", "UpdateVault", "Management"],
  ["POST", "/v1/vaults/{id}/archive", "ArchiveVault", "Management"],
  ["DELETE", "/v1/vaults/{id}", "DeleteVault", "Management"],
  ["GET", "/v1/vaults/{id}/credentials", "GetVault", "Management"],
  ["POST", "/v1/vaults/{id}/credentials", "UpdateVault", "Management"],
  ["GET", "/v1/vaults/{id}/credentials/{id}", "GetVault", "Management"],
  ["POST", "/v1/vaults/{id}/credentials/{id}", "UpdateVault", "Management"],
  ["POST", "/v1/vaults/{id}/credentials/{id}/archive", "UpdateVault", "Management"],
  ["DELETE", "/v1/vaults/{id}/credentials/{id}", "UpdateVault", "Management"],
  ["POST", "/v1/memory_stores", "CreateMemoryStore", "Data"],
  ["GET", "/v1/memory_stores", "ListMemoryStores", "Data"],
  ["GET", "/v1/memory_stores/{id}", "GetMemoryStore", "Data"],
  ["POST", "/v1/memory_stores/{id}", "UpdateMemoryStore", "Data"],
  ["POST", "/v1/memory_stores/{id}/archive", "ArchiveMemoryStore", "Data"],
  ["DELETE", "/v1/memory_stores/{id}", "DeleteMemoryStore", "Data"],
  ["POST", "/v1/memory_stores/{id}/memories", "UpdateMemoryStore", "Data"],
  ["GET", "/v1/memory_stores/{id}/memories", "GetMemoryStore", "Data"],
  ["GET", "/v1/memory_stores/{id}/memories/{id}", "GetMemoryStore", "Data"],
  ["POST", "/v1/memory_stores/{id}/memories/{id}", "UpdateMemoryStore", "Data"],
  ["DELETE", "/v1/memory_stores/{id}/memories/{id}", "UpdateMemoryStore", "Data"],
  ["GET", "/v1/memory_stores/{id}/memory_versions", "GetMemoryStore", "Data"],
  ["GET", "/v1/memory_stores/{id}/memory_versions/{id}", "GetMemoryStore", "Data"],
  ["POST", "/v1/memory_stores/{id}/memory_versions/{id}/redact", "UpdateMemoryStore", "Data"],
  ["GET", "/v1/webhooks", "ListWebhooks", "Management"],
  ["GET", "/v1/webhooks/{id}", "GetWebhook", "Management"],
  ["POST", "/v1/webhooks", "CreateWebhook", "Management"],
  ["POST", "/v1/webhooks/{id}", "UpdateWebhook", "Management"],
  ["DELETE", "/v1/webhooks/{id}", "DeleteWebhook", "Management"],
  ["POST", "/v1/webhooks/{id}/regenerate_signing_secret", "RotateWebhookSecret", "Management"],
];

/** Actions that belong to the account: a statement that names a workspace does not cover them. */
const ACCOUNT_ACTIONS: readonly string[] = ["CreateWorkspace", "ListWorkspaces", "ListComplianceActivities"];

const WORKSPACE: readonly ResourceName[] = ["workspace"];

/**
 * Every route of Claude Platform on AWS. The gateway of AWS denies a route that is not among them.
 *
 * @example Usage
 * ```ts
 * import { CLAUDE_PLATFORM_ROUTES } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * const route = CLAUDE_PLATFORM_ROUTES.find(({ path }) => path === "/v1/messages");
 * equal(route?.action, "aws-external-anthropic:CreateInference");
 * ```
 *
 * @see {@link https://platform.claude.com/docs/en/api/claude-platform-on-aws-iam-actions | IAM actions of Claude Platform on AWS}
 */
export const CLAUDE_PLATFORM_ROUTES: readonly Route[] = /* @__PURE__ */ ROWS.map(
  ([method, path, action, event, operation = action]): Route => ({
    provider: "anthropic-aws",
    method,
    path,
    operation,
    action: `${CLAUDE_SERVICES["anthropic-aws"].actionPrefix}:${action}`,
    resources: ACCOUNT_ACTIONS.includes(action) ? [] : WORKSPACE,
    event,
  }),
);
