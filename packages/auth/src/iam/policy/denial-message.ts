import type { PolicyDecision, PolicyKind, PolicyRequest } from "./evaluate-policy.ts";

/** What AWS calls a policy of each kind that denies. */
const DENYING: Readonly<Record<PolicyKind, string>> = {
  identity: "an identity-based policy",
  boundary: "a permissions boundary",
  session: "a session policy",
  trust: "the role trust policy",
};

/** What AWS calls a policy of each kind if none allows. */
const SILENT: Readonly<Record<PolicyKind, string>> = {
  identity: "identity-based policy",
  boundary: "permissions boundary",
  session: "session policy",
  trust: "role trust policy",
};

/**
 * Words a denial as AWS does.
 *
 * @example Usage
 * ```ts
 * import { denialMessage, evaluatePolicy } from "@claude-on-aws/auth/iam";
 * import { equal } from "node:assert/strict";
 *
 * const request = {
 *   action: "bedrock:CallWithBearerToken",
 *   principal: "arn:aws:iam::123456789012:user/BedrockAPIKey-1",
 * };
 *
 * equal(
 *   denialMessage(request, evaluatePolicy([], request)),
 *   "User: arn:aws:iam::123456789012:user/BedrockAPIKey-1 is not authorized to perform: bedrock:CallWithBearerToken " +
 *     "on resource: * because no identity-based policy allows the bedrock:CallWithBearerToken action",
 * );
 * ```
 *
 * @param request What was asked.
 * @param decision What {@link evaluatePolicy} answered.
 * @returns The message; an empty text if the request was allowed.
 *
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html | Access denied error messages}
 */
export function denialMessage(request: PolicyRequest, decision: PolicyDecision): string {
  if (decision.decision === "allowed") return "";
  const { kind, resource } = decision;
  const why =
    decision.decision === "explicit-deny"
      ? `with an explicit deny in ${DENYING[kind]}`
      : `because no ${SILENT[kind]} allows the ${request.action} action`;
  const who = request.principal ?? "anonymous";
  // The sentence about a trust policy names no resource.
  const on = kind === "trust" ? "" : ` on resource: ${resource}`;
  return `User: ${who} is not authorized to perform: ${request.action}${on} ${why}`;
}
