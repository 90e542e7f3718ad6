import { denialMessage, evaluatePolicy, type PolicyRequest } from "@claude-on-aws/auth/iam";
import { denialDetails } from "../../authorize/denial-details.ts";
import { principalOfAccessKey } from "../../authorize/principal-of-access-key.ts";
import type { Principal } from "../../authorize/principals.ts";
import type { Fault } from "../../faults.ts";
import type { FakeSettings } from "../../options.ts";
import type { ServiceExchange } from "../service-exchange.ts";
import { parseRoleArn } from "./parse-role-arn.ts";
import { stsFault } from "./sts-refusals.ts";

/** Whether the ARN is that of a role: one that cannot be read is not one that may not be taken on. */
export function checkRoleArn({ parameters }: ServiceExchange): Fault | undefined {
  const arn = parameters.get("RoleArn") ?? "";
  return parseRoleArn(arn) === undefined ? stsFault("parameter-invalid", `${arn} is invalid`) : undefined;
}

/**
 * Whether the caller may take the role on. A role trusts its account: within it the caller's policies decide, and nobody else
 * gets in.
 *
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html | Policy evaluation logic}
 */
export function checkRoleAccess(exchange: ServiceExchange, settings: FakeSettings): Fault | undefined {
  const { parameters, principal, caller } = exchange;
  const arn = parameters.get("RoleArn") ?? "";
  if (parseRoleArn(arn)?.accountId !== settings.accountId) {
    return stsFault(
      "access-denied",
      principal === undefined
        ? "Not authorized to perform sts:AssumeRoleWithWebIdentity"
        : `User: ${principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
    );
  }
  const accessKeyId = caller?.accessKeyId;
  const assumer = accessKeyId === undefined ? undefined : principalOfAccessKey(accessKeyId, settings);
  return assumer && checkAssumeRole(assumer, arn, parameters);
}

/** Condition keys of `sts:AssumeRole`, and the parameters from which they come. */
const CONTEXT: Readonly<Record<string, string>> = {
  "sts:RoleSessionName": "RoleSessionName",
  "sts:ExternalId": "ExternalId",
  "sts:SourceIdentity": "SourceIdentity",
};

function checkAssumeRole(
  { arn, conditionArn, policies }: Principal,
  resource: string,
  parameters: ReadonlyMap<string, string>,
): Fault | undefined {
  const context: Record<string, string> = { "aws:PrincipalArn": conditionArn };
  for (const [key, name] of Object.entries(CONTEXT)) {
    const value = parameters.get(name);
    if (value !== undefined) context[key] = value;
  }
  const asked: PolicyRequest = { action: "sts:AssumeRole", resource, principal: arn, context };
  const decision = evaluatePolicy(policies, asked);
  if (decision.decision === "allowed") return undefined;
  return stsFault("access-denied", denialMessage(asked, decision), denialDetails(asked, decision));
}

/** Longest session of a role that the session of another takes on, in seconds. */
const MAX_CHAINED_SECONDS = 3600;

/**
 * Whether the session of a role that is taken on by another's is not too long.
 *
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining | Role chaining}
 */
export function checkRoleChaining(
  { parameters, caller }: ServiceExchange,
  { credentialStore }: FakeSettings,
): Fault | undefined {
  const isChained = credentialStore.isSession(caller?.accessKeyId ?? "");
  if (!isChained || Number(parameters.get("DurationSeconds") ?? 0) <= MAX_CHAINED_SECONDS) return undefined;
  return stsFault(
    "parameter-invalid",
    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
  );
}
