import type { PresignedRefusalCode } from "@claude-on-aws/auth/sigv4";
import type { FaultName } from "./faults.ts";

/** A refusal of a signature, as every service makes it; each writes it in words of its own. */
export type SignatureFault = Extract<
  FaultName,
  | "authentication-missing"
  | "authorization-malformed"
  | "signature-mismatch"
  | "access-key-unknown"
  | "credentials-expired"
>;

/** Refusals of the signature that have a fault of their own; the others are a wrong signature. */
const FAULT_OF: Partial<Record<PresignedRefusalCode, SignatureFault>> = {
  AUTHORIZATION_MISSING: "authentication-missing",
  AUTHORIZATION_MALFORMED: "authorization-malformed",
  CREDENTIAL_MALFORMED: "authorization-malformed",
  DATE_MISSING: "authorization-malformed",
  DATE_MALFORMED: "authorization-malformed",
  EXPIRES_INVALID: "authorization-malformed",
  ACCESS_KEY_UNKNOWN: "access-key-unknown",
  SESSION_TOKEN_MISSING: "access-key-unknown",
  SESSION_TOKEN_INVALID: "access-key-unknown",
  CREDENTIALS_EXPIRED: "credentials-expired",
};

/**
 * Finds the fault for the code with which `verifyRequest` or `verifyPresignedRequest` refused.
 *
 * @returns `signature-mismatch` for every code without a fault of its own.
 */
export const signatureFault = (code: PresignedRefusalCode): SignatureFault => FAULT_OF[code] ?? "signature-mismatch";
