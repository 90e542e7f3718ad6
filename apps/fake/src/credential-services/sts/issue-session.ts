import type { FakeSettings } from "../../options.ts";
import type { ServiceExchange } from "../service-exchange.ts";
import type { IssuedCredentials } from "../sessions/issue-credentials.ts";
import { resolveSessionSeconds } from "../sessions/resolve-session-seconds.ts";
import { readSessionPolicies } from "./session-policies.ts";
import { parseRoleArn } from "./parse-role-arn.ts";

/** Issues the session that a request asks for. Its parameters were checked. */
export function issueSession({ parameters, receivedAt }: ServiceExchange, settings: FakeSettings): IssuedCredentials {
  const role = parseRoleArn(parameters.get("RoleArn") ?? "");
  if (role === undefined) throw new TypeError("Cannot issue a session: expected the ARN of a role");
  const requested = parameters.get("DurationSeconds");
  const seconds = resolveSessionSeconds(
    settings.sessionSeconds,
    requested === undefined ? undefined : Number(requested),
  );
  return settings.credentialStore.issue(
    { ...role, sessionName: parameters.get("RoleSessionName") ?? "" },
    seconds,
    receivedAt,
    readSessionPolicies(parameters).texts,
  );
}
