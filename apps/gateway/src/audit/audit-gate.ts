import type { Handler } from "@claude-on-aws/listen";
import { refuse } from "../refusals/own-refusals.ts";
import { refusalReply } from "../refusals/refusal-reply.ts";
import type { AuditLog } from "./create-audit-log.ts";

/**
 * Takes no request while the line of an earlier one cannot be written.
 *
 * @param audit The audit.
 * @param next Answers otherwise.
 * @returns The handler.
 */
export const withAuditGate =
  (audit: Pick<AuditLog, "isFailing" | "retry">, next: Handler): Handler =>
  (head, request) => {
    if (!audit.isFailing()) return next(head, request);
    audit.retry();
    return refusalReply(
      refuse(
        "AUDIT_UNWRITABLE",
        "Cannot take this request: the audit of an earlier one cannot be written; whoever runs the gateway has to make room for it",
      ),
    );
  };
