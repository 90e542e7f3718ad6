import type { ContextValue } from "@claude-on-aws/auth/iam";
import { userIdOf } from "../principals/session-principal.ts";
import type { Principal } from "../principals/principals.ts";
import { tagKeys } from "../terms/tag-keys.ts";

/**
 * Condition keys of who asks, besides those that follow from the ARN. Of a session that the fake issued, when that was,
 * its tags, and who is behind it; long-term keys have none of these.
 *
 * @returns Their values, by key.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties | Properties of the principal}
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-role-session-properties | Properties of a role session}
 */
export function principalContext({ arn, conditionArn, session }: Principal): Record<string, ContextValue> {
  const context: Record<string, ContextValue> = { "aws:PrincipalArn": conditionArn, "aws:userid": userIdOf(arn) };
  if (session === undefined) return context;
  const { issuedAt, tags, sourceIdentity } = session;
  return {
    ...context,
    "aws:TokenIssueTime": issuedAt.toISOString(),
    ...(sourceIdentity === undefined ? {} : { "aws:SourceIdentity": sourceIdentity }),
    ...tagKeys(
      "aws:PrincipalTag",
      tags.map(({ key, value }) => [key, value]),
    ),
  };
}
