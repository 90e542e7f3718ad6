import { headerValues } from "@claude-on-aws/auth/sigv4";
import type { Verdict } from "../check.ts";
import type { Exchange } from "../exchange.ts";
import { fault } from "../faults.ts";
import type { FakeSettings } from "../options.ts";

/** Routes about workspaces themselves, which are not inside one. */
const WITHOUT_WORKSPACE = "/v1/organizations/";

/**
 * Whether `anthropic-workspace-id` names a workspace that exists. Only Claude
 * Platform on AWS has workspaces.
 */
export function checkWorkspace({ request, route }: Exchange, { workspaces, facts }: FakeSettings): Verdict {
  if (route.provider !== "anthropic-aws" || request.target.startsWith(WITHOUT_WORKSPACE)) return "not-applicable";
  const [id, ...more] = headerValues(request.headers, "anthropic-workspace-id");
  if (id === undefined) {
    const message = "This request must include the anthropic-workspace-id header with the ID of the workspace to use.";
    return fault("workspace-missing", message, { status: facts.missingWorkspaceStatus });
  }
  if (more.length > 0 || !/^wrkspc_[0-9A-Za-z]{1,128}$/.test(id.trim())) {
    return fault("workspace-malformed", "anthropic-workspace-id header must be a valid workspace ID.");
  }
  if (workspaces === undefined || workspaces.has(id.trim())) return undefined;
  return fault("workspace-unknown", `Workspace ${id.trim()} not found.`, { status: facts.unknownWorkspaceStatus });
}
