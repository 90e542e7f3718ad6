import type { PresignedRefusalCode, PresignedVerification } from "../sigv4/verify-presigned.ts";
import { DIAGNOSIS_TABLE } from "./codes.ts";
import type { Mistake } from "./diagnose-mismatch.ts";

/** Refusals of a query that holds no signature which can be read. */
const UNREADABLE: ReadonlySet<PresignedRefusalCode> = new Set([
  "AUTHORIZATION_MISSING",
  "AUTHORIZATION_MALFORMED",
  "CREDENTIAL_MALFORMED",
  "DATE_MISSING",
  "DATE_MALFORMED",
]);

/** What a mistake is called in the query, where the words for a header would mislead. */
const FIXES: Partial<Record<PresignedRefusalCode, string>> = {
  SESSION_TOKEN_MISSING: "Add X-Amz-Security-Token to the query before it is signed.",
  HOST_NOT_SIGNED: "Name host in X-Amz-SignedHeaders.",
  SCOPE_TERMINATOR: "End X-Amz-Credential, and the derivation of the signing key, with aws4_request.",
  DATE_NOT_IN_SCOPE: "Take the day in X-Amz-Credential from X-Amz-Date.",
};

/**
 * Names the mistake behind a signature in the query that was refused.
 *
 * @example Usage
 * ```ts
 * import { verifyPresignedRequest } from "@claude-on-aws/auth/sigv4";
 * import { diagnosePresigned } from "@claude-on-aws/auth/diagnose";
 * import { equal } from "node:assert/strict";
 *
 * const verdict = await verifyPresignedRequest(
 *   { method: "GET", target: "/?X-Amz-Signature=00", headers: [], httpVersion: "1.1", body: new Uint8Array() },
 *   { credentials: () => undefined },
 * );
 * equal(!verdict.ok && diagnosePresigned(verdict)[0]?.code, "SIGNATURE_IN_QUERY");
 * ```
 *
 * @param refused The verdict of `verifyPresignedRequest`.
 * @returns The mistakes; `UNKNOWN` where the signature alone is wrong.
 */
export function diagnosePresigned({
  code,
  message,
  bodyMissing,
}: Extract<PresignedVerification, { readonly ok: false }>): readonly Mistake[] {
  if (UNREADABLE.has(code)) {
    const { message: inQuery, fix } = DIAGNOSIS_TABLE.SIGNATURE_IN_QUERY;
    return [{ code: "SIGNATURE_IN_QUERY", message: `${inQuery} It cannot be read: ${message}`, fix }];
  }
  const unexplained = bodyMissing === true ? "BODY_NOT_RECORDED" : "UNKNOWN";
  const name = code === "SIGNATURE_MISMATCH" ? unexplained : code;
  const row = DIAGNOSIS_TABLE[name];
  return [{ code: name, message: row.message, fix: FIXES[code] ?? row.fix }];
}
