import type { Fault } from "../../terms/faults.ts";
import type { FakeState } from "../../exchange/fake-state.ts";
import type { FakeSettings } from "../../settings/fake-settings.ts";
import type { ServiceExchange } from "../service-exchange.ts";
import { inheritedTags } from "./asked-session.ts";
import { parseRoleArn } from "./parse-role-arn.ts";
import { roleDenial, WEB_IDENTITY_DENIAL } from "./role-denial.ts";
import { foldKey, MAX_TAGS, readSessionTags } from "./session-tags.ts";
import { stsFault } from "./sts-refusals.ts";

/**
 * Checks whether the ARN is that of a role: an ARN that cannot be read is another mistake than a role that may not be
 * assumed.
 *
 * @returns `body-invalid` where it is not.
 */
export function checkRoleArn({ parameters }: ServiceExchange): Fault | undefined {
  const arn = parameters.get("RoleArn") ?? "";
  return parseRoleArn(arn) === undefined ? stsFault("parameter-invalid", `${arn} is invalid`) : undefined;
}

/**
 * Checks whether the role exists. Whom it trusts is asked later. An ARN with another path or partition
 * than the configured one names no such role.
 *
 * @returns `access-denied` where it does not.
 */
export function checkRoleAccess({ parameters, principal }: ServiceExchange, settings: FakeSettings): Fault | undefined {
  const arn = parameters.get("RoleArn") ?? "";
  const isOwn = parseRoleArn(arn)?.accountId === settings.accountId;
  if (isOwn && settings.principals?.isNoRole(arn) !== true) return undefined;
  return stsFault(
    "access-denied",
    principal === undefined ? WEB_IDENTITY_DENIAL : roleDenial(principal.arn, "sts:AssumeRole", arn),
  );
}

/** Longest session of a role that the session of another role assumes, in seconds. */
const MAX_CHAINED_SECONDS = 3600;

/**
 * Checks, where a session of a role assumes another, that the new session is not too long and leaves what it inherits
 * as it is. That inherited tags count among the tags that it may have is not documented.
 *
 * @returns `body-invalid` where it does not.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining | Role chaining}
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_role-chaining | Chaining roles with session tags}
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html | Source identity}
 */
export function checkRoleChaining(
  { parameters, caller }: ServiceExchange,
  _: FakeSettings,
  { credentials }: FakeState,
): Fault | undefined {
  const calling = credentials.sessionOf(caller?.accessKeyId ?? "");
  if (calling === undefined) return undefined;
  if (Number(parameters.get("DurationSeconds") ?? 0) > MAX_CHAINED_SECONDS) {
    const message =
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.";
    return stsFault("parameter-invalid", message);
  }
  const { sourceIdentity = parameters.get("SourceIdentity") } = calling;
  if ((parameters.get("SourceIdentity") ?? sourceIdentity) !== sourceIdentity) {
    return stsFault("parameter-invalid", "The source identity is already set for this assume role session");
  }
  const inherited = new Set(inheritedTags(calling).map(({ key }) => foldKey(key)));
  const { tags } = readSessionTags(parameters);
  if (tags.some(({ key }) => inherited.has(foldKey(key)))) return stsFault("session-tags-invalid", TAG_INHERITED);
  if (inherited.size + tags.length <= MAX_TAGS) return undefined;
  return stsFault("session-tags-invalid", `A session has ${MAX_TAGS} tags at most, with those that it inherits.`);
}

/** In the words of STS. */
const TAG_INHERITED =
  "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.";
