import { json } from "../json.ts";
import type { OperationTable } from "../operation-table.ts";
import { archiveWorkspace, createWorkspace, getWorkspace, listWorkspaces, updateWorkspace } from "./workspaces.ts";

/** Workspaces of Claude Platform on AWS. */
export const WORKSPACE_OPERATIONS: OperationTable = {
  "POST /v1/organizations/workspaces": { behave: json(createWorkspace) },
  "GET /v1/organizations/workspaces": { behave: json(listWorkspaces) },
  "GET /v1/organizations/workspaces/{id}": { behave: json(getWorkspace) },
  "POST /v1/organizations/workspaces/{id}": { behave: json(updateWorkspace) },
  "POST /v1/organizations/workspaces/{id}/archive": { takes: "nothing", behave: json(archiveWorkspace) },
};
