import type { PolicyDecision, PolicyRequest } from "@claude-on-aws/auth/iam";
import type { FaultDetails } from "../terms/fault-details.ts";

/** What the journal says of a denial, beside its words. */
export function denialDetails(
  { action, principal = "" }: PolicyRequest,
  { decision, kind, statement, resource, reason }: PolicyDecision,
): FaultDetails {
  return {
    code: decision === "explicit-deny" ? "EXPLICIT_DENY" : "IMPLICIT_DENY",
    principal,
    action,
    resource,
    decidedBy: kind,
    ...(statement === undefined
      ? {}
      : {
          policy: statement.policy ?? `${kind} policy ${statement.policyIndex}`,
          statement: statement.sid ?? String(statement.statementIndex),
        }),
    reason,
  };
}
