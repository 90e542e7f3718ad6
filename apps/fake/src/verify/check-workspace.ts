import { headerValues } from "@claude-on-aws/auth/sigv4";
import { WORKSPACE_ID } from "@claude-on-aws/endpoints";
import type { Verdict } from "../exchange/check.ts";
import type { FakeState } from "../exchange/fake-state.ts";
import type { Exchange } from "../exchange/exchange.ts";
import { fault } from "../terms/faults.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import { regionOf } from "../exchange/region-of.ts";

/** Routes about workspaces themselves, which are not inside one. */
const WITHOUT_WORKSPACE = "/v1/organizations/";

/**
 * Checks whether `anthropic-workspace-id` names a workspace that exists and is in the region of the request. Only
 * Claude Platform on AWS has workspaces.
 *
 * @returns A fault named `workspace-…` where it does not.
 */
export function checkWorkspace(exchange: Exchange, settings: FakeSettings, { resources }: FakeState): Verdict {
  const { request, route } = exchange;
  const { workspaces, workspaceRegions, facts } = settings;
  if (route.provider !== "anthropic-aws" || request.target.startsWith(WITHOUT_WORKSPACE)) return "not-applicable";
  const [sent, ...more] = headerValues(request.headers, "anthropic-workspace-id");
  if (sent === undefined) {
    const message = "This request must include the anthropic-workspace-id header with the ID of the workspace to use.";
    return fault("workspace-missing", message, { status: facts.missingWorkspaceStatus });
  }
  const id = sent.trim();
  if (more.length > 0 || !WORKSPACE_ID.test(id)) {
    return fault("workspace-malformed", "anthropic-workspace-id header must be a valid workspace ID.");
  }
  const made = resources.workspaces.kept(id);
  const message = `Workspace ${id} not found.`;
  if (made?.archivedAt !== undefined) {
    const status = facts.archivedWorkspaceStatus;
    const errorType = status === 403 ? { errorType: "permission_error" } : {};
    return fault("workspace-unknown", `Workspace ${id} is archived.`, { status, ...errorType });
  }
  if (made === undefined && workspaces?.has(id) === false) {
    return fault("workspace-unknown", message, { status: facts.unknownWorkspaceStatus });
  }
  const [bound, region] = [made?.region ?? workspaceRegions.get(id), regionOf(exchange, settings)];
  if (bound === undefined || region === undefined || bound === region) return undefined;
  return fault("workspace-unknown", message, {
    status: facts.workspaceOfOtherRegionStatus,
    details: { code: "WORKSPACE_OF_OTHER_REGION", workspaceRegion: bound, region },
  });
}
