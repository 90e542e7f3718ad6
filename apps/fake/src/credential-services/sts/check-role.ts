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
 * Whether the role is there, and lets the caller in: it trusts its account. Another path or partition than the one that was
 * configured is no such role.
 */
export function checkRoleAccess({ parameters, principal }: ServiceExchange, settings: FakeSettings): Fault | undefined {
  const arn = parameters.get("RoleArn") ?? "";
  const isOwn = parseRoleArn(arn)?.accountId === settings.accountId;
  if (isOwn && settings.principals?.isNoRole(arn) !== true) return undefined;
  return stsFault(
    "access-denied",
    principal === undefined
      ? "Not authorized to perform sts:AssumeRoleWithWebIdentity"
      : `User: ${principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
  );
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
