import { denialMessage, evaluatePolicy, type PolicyRequest } from "@claude-on-aws/auth/iam";
import { denialDetails } from "../../authorize/denial-details.ts";
import { principalOfAccessKey } from "../../authorize/principal-of-access-key.ts";
import { commonContext } from "../../authorize/required-permissions.ts";
import type { Fault } from "../../faults.ts";
import type { FakeSettings } from "../../options.ts";
import { DEFAULT_REGION } from "../../route/region-of.ts";
import type { ServiceExchange } from "../service-exchange.ts";
import { stsFault } from "./sts-refusals.ts";

/** Actions that the caller's policies must allow, and the parameter that asks for each. */
const ACTIONS: readonly (readonly [action: string, parameter: RegExp])[] = [
  ["sts:AssumeRole", /^RoleArn$/],
  ["sts:SetSourceIdentity", /^SourceIdentity$/],
  ["sts:TagSession", /^(?:Tags|TransitiveTagKeys)\./],
];

/** Condition keys of these actions, and the parameters from which they come. */
const CONTEXT: Readonly<Record<string, string>> = {
  "sts:RoleSessionName": "RoleSessionName",
  "sts:ExternalId": "ExternalId",
  "sts:SourceIdentity": "SourceIdentity",
};

/**
 * Whether the caller's policies allow it to take a role on. Without principals, everything is allowed.
 *
 * @see {@link https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html | Actions and condition keys of STS}
 */
export function checkAssumeRole(exchange: ServiceExchange, settings: FakeSettings): Fault | undefined {
  const { parameters, caller, request, receivedAt } = exchange;
  const accessKeyId = caller?.accessKeyId;
  const principal = accessKeyId === undefined ? undefined : principalOfAccessKey(accessKeyId, settings);
  if (principal === undefined) return undefined;
  const region = caller?.region ?? DEFAULT_REGION;
  const context = {
    ...commonContext({ headers: request.headers, receivedAt, region }, settings),
    "aws:PrincipalArn": principal.conditionArn,
    ...contextOf(parameters),
  };
  const resource = parameters.get("RoleArn") ?? "";
  for (const [action, parameter] of ACTIONS) {
    if (![...parameters.keys()].some((name) => parameter.test(name))) continue;
    const asked: PolicyRequest = { action, resource, principal: principal.arn, context };
    const decision = evaluatePolicy(principal.policies, asked);
    if (decision.decision === "allowed") continue;
    return stsFault("access-denied", denialMessage(asked, decision), denialDetails(asked, decision));
  }
  return undefined;
}

function contextOf(parameters: ReadonlyMap<string, string>): Record<string, string> {
  const context: Record<string, string> = {};
  for (const [key, name] of Object.entries(CONTEXT)) {
    const value = parameters.get(name);
    if (value !== undefined) context[key] = value;
  }
  return context;
}
