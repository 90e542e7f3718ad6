import type { PolicyDecision, PolicyRequest } from "@claude-on-aws/auth/iam";
import type { FaultDetails } from "../terms/fault-details.ts";

/**
 * Says what the journal keeps of a denial besides its words.
 *
 * @returns The decision, who asked for what, and the statement that decided, where one did.
 */
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
