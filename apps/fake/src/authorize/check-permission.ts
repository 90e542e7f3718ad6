import { denialMessage, evaluatePolicy, type PolicyDecision, type PolicyRequest } from "@claude-on-aws/auth/iam";
import type { Verdict } from "../exchange/check.ts";
import type { Exchange } from "../exchange/exchange.ts";
import type { FakeState } from "../exchange/fake-state.ts";
import { fault } from "../terms/faults.ts";
import type { Operation } from "../exchange/operation.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import { parseObjectText } from "../text/parse-object.ts";
import { denialDetails } from "./denial-details.ts";
import { permissionFields, permissionState } from "./permission-state.ts";
import { principalContext } from "./principal-context.ts";
import { principalOfAccessKey } from "./principal-of-access-key.ts";
import type { Principal } from "../principals/principals.ts";
import { presentedKey, permissionRequest } from "./permission-request.ts";
import { requiredPermissions } from "./required-permissions.ts";
import type { RequiredPermission } from "../exchange/permission.ts";

/**
 * Checks whether the policies of the caller allow the request. Without principals everything is allowed, except to a
 * session that has policies of its own.
 *
 * @returns `access-denied` for the first permission that is missing; `not-applicable` where nobody's policies decide.
 */
export function checkPermission(exchange: Exchange, settings: FakeSettings, state: FakeState): Verdict {
  return checkPermissionOf(principalOf(exchange, settings, state), exchange, settings, state);
}

/**
 * Checks whether the policies of a principal allow what its caller asks.
 *
 * @param principal Whose policies decide; nobody's where it is left out.
 * @returns As {@link checkPermission} does.
 */
export function checkPermissionOf(
  principal: Principal | undefined,
  exchange: Exchange,
  settings: FakeSettings,
  state: FakeState,
): Verdict {
  const { operation } = exchange.route;
  if (exchange.caller === undefined || operation === undefined) return "not-applicable";
  const own = principal && principalContext(principal);
  exchange.asked = permissionState(exchange, settings, state.resources, own);
  if (principal === undefined) return "not-applicable";
  exchange.caller = { ...exchange.caller, principal: principal.arn };
  for (const { action, resource, context } of permissionsOf(exchange, operation, settings, state)) {
    const asked: PolicyRequest = {
      action,
      resource,
      principal: principal.arn,
      context: { ...own, ...context },
    };
    const decision = evaluatePolicy(principal.policies, asked);
    if (decision.decision === "allowed") continue;
    return fault("access-denied", wordsOf(asked, decision), { details: denialDetails(asked, decision) });
  }
  return undefined;
}

/**
 * Finds who sent a request: by its API key, where that is somebody's own; otherwise by the access key that signed, or that made
 * the key.
 *
 * @returns `undefined` where the fake knows no principals, and nobody's session was restricted.
 */
export function principalOf(exchange: Exchange, settings: FakeSettings, state: FakeState): Principal | undefined {
  const { principals } = settings;
  const key = presentedKey(exchange);
  const listed = key === undefined ? undefined : principals?.ofApiKey(key);
  if (listed !== undefined) return listed;
  const accessKeyId = exchange.caller?.accessKeyId;
  return accessKeyId === undefined ? principals?.stranger() : principalOfAccessKey(accessKeyId, settings, state);
}

/** Notes what was read of a body of which the journal keeps the beginning only. */
function permissionsOf(
  exchange: Exchange,
  operation: Operation,
  settings: FakeSettings,
  { resources }: FakeState,
): readonly RequiredPermission[] {
  const { body } = exchange.request;
  let read: ReturnType<typeof parseObjectText>;
  const readBody = () => (read ??= parseObjectText(new TextDecoder().decode(body)));
  const permissions = requiredPermissions(
    permissionRequest(exchange, operation, settings, readBody),
    settings,
    resources,
  );
  const fields = read !== undefined && body.length > settings.maxJournalBodyBytes ? permissionFields(read) : undefined;
  if (fields !== undefined) exchange.asked = { ...exchange.asked, body: fields };
  return permissions;
}

/** Amazon Bedrock names no resource where an action has none. */
const WITHOUT_RESOURCE = /^bedrock:(?!CallWithBearerToken$)/;

function wordsOf(asked: PolicyRequest, decision: PolicyDecision): string {
  const message = denialMessage(asked, decision);
  return decision.resource === "*" && WITHOUT_RESOURCE.test(asked.action)
    ? message.replace(" on resource: *", "")
    : message;
}
