import type { FakeState } from "../../exchange/fake-state.ts";
import type { FakeSettings } from "../../settings/fake-settings.ts";
import type { ServiceExchange } from "../service-exchange.ts";
import type { IssuedCredentials } from "../../stores/sessions/issue-credentials.ts";
import type { SessionGrant } from "../../terms/session.ts";
import { resolveSessionSeconds } from "../resolve-session-seconds.ts";
import { readSessionPolicies } from "./session-policies.ts";
import { parseRoleArn } from "./parse-role-arn.ts";

/**
 * Issues the session that a request asks for, whose parameters were checked.
 *
 * @param grant What the session is given besides its role and the policies of the request.
 * @returns Its credentials, which are accepted until they end.
 * @throws {TypeError} where the request names no role, which the checks let through by mistake.
 */
export function issueSession(
  { parameters, receivedAt }: ServiceExchange,
  settings: FakeSettings,
  { credentials }: FakeState,
  grant: Omit<SessionGrant, "policies"> = {},
): IssuedCredentials {
  const role = parseRoleArn(parameters.get("RoleArn") ?? "");
  if (role === undefined) throw new TypeError("Cannot issue a session: expected the ARN of a role");
  const requested = parameters.get("DurationSeconds");
  const seconds = resolveSessionSeconds(
    settings.sessionSeconds,
    requested === undefined ? undefined : Number(requested),
  );
  return credentials.issue({ ...role, sessionName: parameters.get("RoleSessionName") ?? "" }, seconds, receivedAt, {
    ...grant,
    policies: readSessionPolicies(parameters).texts,
  });
}
