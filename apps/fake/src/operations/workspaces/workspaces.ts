import type { Exchange } from "../../exchange/exchange.ts";
import { type Fault, fault, isFault } from "../../terms/faults.ts";
import type { FakeState } from "../../exchange/fake-state.ts";
import type { FakeSettings } from "../../settings/fake-settings.ts";
import { regionOf } from "../../exchange/region-of.ts";
import { pageOf } from "../page.ts";
import { pathId } from "../../exchange/path-id.ts";
import { resourceId } from "../resource-id.ts";
import type { Resources } from "../../stores/resources.ts";
import { readWorkspace } from "./read-workspace.ts";
import {
  describeWorkspace,
  type StoredWorkspace,
  WORKSPACE_DEFAULTS,
} from "../../stores/workspaces/stored-workspace.ts";

/**
 * Answers CreateWorkspace: it is in the region of the request, and can be
 * named by requests from then on.
 *
 * @returns The workspace as the service describes it, or why it is not made.
 * @see {@link https://platform.claude.com/docs/en/api/organization/workspaces/create | Create Workspace}
 */
export function createWorkspace(exchange: Exchange, settings: FakeSettings, state: FakeState): object | Fault {
  const read = readWorkspace(exchange.input ?? {}, WORKSPACE_DEFAULTS);
  if (isFault(read)) return read;
  const region = regionOf(exchange, settings);
  const workspace = { id: resourceId("wrkspc", settings), createdAt: settings.now(), region, ...read };
  return keep(workspace, state.resources);
}

/**
 * Answers ListWorkspaces, newest first; the archived ones with
 * `include_archived=true`.
 *
 * @returns A page of workspaces, or what is wrong with the query.
 * @see {@link https://platform.claude.com/docs/en/api/organization/workspaces/list | List Workspaces}
 */
export function listWorkspaces(exchange: Exchange, settings: FakeSettings, state: FakeState): object | Fault {
  const { query } = exchange.route;
  const archived = query.get("include_archived") ?? "false";
  if (archived !== "true" && archived !== "false") {
    return fault("body-invalid", "include_archived: Input should be a valid boolean");
  }
  const ids = new Set([...query.getAll("ids"), ...query.getAll("ids[]")]);
  const all = state.resources.workspaces
    .list()
    .filter((workspace) => isReached(workspace, exchange, settings))
    .filter(({ archivedAt }) => archived === "true" || archivedAt === undefined)
    .filter(({ id }) => ids.size === 0 || ids.has(id));
  return pageOf(all, query, describeWorkspace);
}

/**
 * Answers GetWorkspace, an archived one included.
 *
 * @returns The workspace as the service describes it, or `resource-unknown`.
 * @see {@link https://platform.claude.com/docs/en/api/organization/workspaces/retrieve | Get Workspace}
 */
export function getWorkspace(exchange: Exchange, settings: FakeSettings, state: FakeState): object | Fault {
  const found = findWorkspace(exchange, settings, state);
  return isFault(found) ? found : describeWorkspace(found);
}

/**
 * Answers UpdateWorkspace.
 *
 * @returns The workspace as it is now, or why it is not changed.
 * @see {@link https://platform.claude.com/docs/en/api/organization/workspaces/update | Update Workspace}
 */
export function updateWorkspace(exchange: Exchange, settings: FakeSettings, state: FakeState): object | Fault {
  const found = findWorkspace(exchange, settings, state);
  if (isFault(found)) return found;
  if (found.archivedAt !== undefined) return fault("body-invalid", `Workspace ${found.id} is archived`);
  const read = readWorkspace(exchange.input ?? {}, found);
  return isFault(read) ? read : keep({ ...found, ...read }, state.resources);
}

/**
 * Answers ArchiveWorkspace; archiving it once more changes nothing.
 *
 * @returns The workspace as it is now, or `resource-unknown`.
 * @see {@link https://platform.claude.com/docs/en/api/organization/workspaces/archive | Archive Workspace}
 */
export function archiveWorkspace(exchange: Exchange, settings: FakeSettings, state: FakeState): object | Fault {
  const found = findWorkspace(exchange, settings, state);
  return isFault(found) ? found : keep({ ...found, archivedAt: found.archivedAt ?? settings.now() }, state.resources);
}

function keep(workspace: StoredWorkspace, { workspaces }: Resources): object | Fault {
  if (workspaces.keep(workspace)) return describeWorkspace(workspace);
  return fault("body-invalid", "The organization has as many workspaces as it may have");
}

function findWorkspace(exchange: Exchange, settings: FakeSettings, state: FakeState): StoredWorkspace | Fault {
  const id = pathId(exchange);
  const found = state.resources.workspaces.find(id);
  if (found !== undefined && isReached(found, exchange, settings)) return found;
  return fault("resource-unknown", `Workspace ${id} not found.`);
}

/** Whether a workspace is in the region of a request, as far as both are known. */
function isReached({ region: bound }: StoredWorkspace, exchange: Exchange, settings: FakeSettings): boolean {
  const region = regionOf(exchange, settings);
  return bound === undefined || region === undefined || bound === region;
}
