import {
  type ContextValue,
  denialMessage,
  evaluatePolicy,
  type PolicyDecision,
  type PolicyRequest,
} from "@claude-on-aws/auth/iam";
import { denialDetails } from "../../authorize/denial-details.ts";
import { principalContext } from "../../authorize/principal-context.ts";
import { principalOfAccessKey } from "../../authorize/principal-of-access-key.ts";
import { commonContext } from "../../authorize/required-permissions.ts";
import { parsePrincipalArn } from "../../principals/principal-arn.ts";
import { ADMINISTRATOR, type Principal } from "../../principals/principals.ts";
import { statementsFor } from "../../principals/trust-policy.ts";
import { requestTagKeys } from "../../terms/tag-keys.ts";
import type { Fault } from "../../terms/faults.ts";
import type { FakeState } from "../../exchange/fake-state.ts";
import type { FakeSettings } from "../../settings/fake-settings.ts";
import { DEFAULT_REGION } from "../../exchange/region-of.ts";
import type { ServiceExchange } from "../service-exchange.ts";
import { type AskedSession, askedSession } from "./asked-session.ts";
import { roleDenial } from "./role-denial.ts";
import { stsFault } from "./sts-refusals.ts";

/**
 * Actions that the caller's policies must allow, and what of a session takes each. What a session inherits counts: it
 * is set again, though the request does not say so.
 */
const ACTIONS: readonly (readonly [action: string, isTaken: (asked: AskedSession) => boolean])[] = [
  ["sts:AssumeRole", () => true],
  ["sts:SetSourceIdentity", ({ sourceIdentity }) => sourceIdentity !== undefined],
  ["sts:TagSession", ({ tags }) => tags.length > 0],
];

/**
 * Checks whether the trust policy of the role, where it has one, and the caller's policies allow it to assume the role.
 * Without principals, everything is allowed. Where the trust policy names somebody of the role's account, and not that
 * account alone, their own policies need not allow it; what denies it or limits them counts all the same.
 *
 * @returns `access-denied` for the first action that is missing.
 * @see {@link https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html | Actions and condition keys of STS}
 * @see {@link https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html | AssumeRole, permissions}
 */
export function checkAssumeRole(
  exchange: ServiceExchange,
  settings: FakeSettings,
  state: FakeState,
): Fault | undefined {
  const { parameters, caller, request, receivedAt } = exchange;
  const accessKeyId = caller?.accessKeyId;
  const principal = accessKeyId === undefined ? undefined : principalOfAccessKey(accessKeyId, settings, state);
  if (principal === undefined) return undefined;
  const region = caller?.region ?? DEFAULT_REGION;
  const session = askedSession(exchange, state);
  const context = {
    ...commonContext({ headers: request.headers, receivedAt, region }, settings),
    ...principalContext(principal),
    ...contextOf(parameters, session),
  };
  const resource = parameters.get("RoleArn") ?? "";
  const judge = judgeAs(principal, resource, settings);
  for (const [action, isTaken] of ACTIONS) {
    if (!isTaken(session)) continue;
    const asked: PolicyRequest = { action, resource, principal: principal.arn, context };
    const decision = judge(asked);
    if (decision.decision === "allowed") continue;
    return stsFault("access-denied", wordsOf(asked, decision, settings), denialDetails(asked, decision));
  }
  return undefined;
}

/** Asks the policies of a caller, and those of the statements of the role that name the caller. */
function judgeAs(
  { arn, conditionArn, policies }: Principal,
  roleArn: string,
  { principals }: FakeSettings,
): (asked: PolicyRequest) => PolicyDecision {
  const trust = principals?.trustOf(roleArn);
  if (trust === undefined) return (asked) => evaluatePolicy(policies, asked);
  const parsed = parsePrincipalArn(arn);
  // A session is named by its own ARN and by that of its role.
  const arns = [arn, conditionArn, ...(parsed === undefined ? [] : [parsed.condition])];
  const naming = statementsFor(trust, { arns, accountId: parsed?.accountId });
  const isOfAccount = parsed?.accountId === parsePrincipalArn(roleArn)?.accountId;
  return (asked) => {
    const needsNone = isOfAccount && evaluatePolicy(naming.direct, asked).decision === "allowed";
    const identity = needsNone ? [...policies.identity, ADMINISTRATOR] : policies.identity;
    return evaluatePolicy({ ...policies, identity, trust: naming.policies }, asked);
  };
}

function wordsOf(asked: PolicyRequest, decision: PolicyDecision, { facts }: FakeSettings): string {
  return decision.kind === "trust" && facts.trustDenialWords === "role"
    ? roleDenial(asked.principal ?? "", asked.action, decision.resource)
    : denialMessage(asked, decision);
}

/**
 * Condition keys of these actions. Inherited tags are among those of the request: the policies of roles that are assumed
 * with them test them that way.
 *
 * @see {@link https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html | A role that a session with transitive tags assumes}
 */
function contextOf(
  parameters: ReadonlyMap<string, string>,
  { tags, sourceIdentity }: AskedSession,
): Record<string, ContextValue> {
  const given = {
    "sts:RoleSessionName": parameters.get("RoleSessionName"),
    "sts:ExternalId": parameters.get("ExternalId"),
    "sts:SourceIdentity": sourceIdentity,
  };
  const context: Record<string, ContextValue> = requestTagKeys(tags.map(({ key, value }) => [key, value]));
  for (const [key, value] of Object.entries(given)) {
    if (value !== undefined) context[key] = value;
  }
  const transitive = tags.filter((tag) => tag.transitive);
  if (transitive.length > 0) context["sts:TransitiveTagKeys"] = transitive.map(({ key }) => key);
  return context;
}
