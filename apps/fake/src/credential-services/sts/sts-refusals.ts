import type { FaultDetails, StsErrorCode } from "../../terms/fault-details.ts";
import { type Fault, type FaultName, fault } from "../../terms/faults.ts";
import type { SignatureFault } from "../../terms/signature-faults.ts";

/** Everything for which STS refuses a request. */
export type StsRefusal =
  | SignatureFault
  | "web-identity-expired"
  | "web-identity-invalid"
  | "access-denied"
  | "parameter-invalid"
  | "session-policy-malformed"
  | "session-tags-invalid"
  | "form-malformed"
  | "form-too-large"
  | "action-missing"
  | "action-unknown";

/** How STS writes a refusal. */
type Row = readonly [name: FaultName, status: number, code: StsErrorCode];

/**
 * The refusals of STS.
 *
 * @see {@link https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html | Common errors}
 * @see {@link https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html | Errors of AssumeRoleWithWebIdentity}
 * @see {@link https://github.com/aws/aws-sdk-java-v2/issues/1649 | An expired session is ExpiredToken with 403; ExpiredTokenException with 400 is about a web identity}
 */
export const STS_REFUSALS: Readonly<Record<StsRefusal, Row>> = {
  "authentication-missing": ["authentication-missing", 403, "MissingAuthenticationToken"],
  "authorization-malformed": ["authorization-malformed", 400, "IncompleteSignature"],
  "signature-mismatch": ["signature-mismatch", 403, "SignatureDoesNotMatch"],
  "access-key-unknown": ["access-key-unknown", 403, "InvalidClientTokenId"],
  "credentials-expired": ["credentials-expired", 403, "ExpiredToken"],
  "web-identity-expired": ["credentials-expired", 400, "ExpiredTokenException"],
  "web-identity-invalid": ["api-key-malformed", 400, "InvalidIdentityToken"],
  "access-denied": ["access-denied", 403, "AccessDenied"],
  "parameter-invalid": ["body-invalid", 400, "ValidationError"],
  "session-policy-malformed": ["body-invalid", 400, "MalformedPolicyDocument"],
  "session-tags-invalid": ["body-invalid", 400, "InvalidParameterValue"],
  "form-malformed": ["body-invalid", 400, "MalformedInput"],
  "form-too-large": ["body-too-large", 413, "RequestEntityTooLarge"],
  "action-missing": ["route-unknown", 400, "MissingAction"],
  "action-unknown": ["route-unknown", 400, "InvalidAction"],
};

/**
 * Refuses in the words of STS.
 *
 * @returns The fault, with the status and the code that STS has for it.
 */
export function stsFault(refusal: StsRefusal, message: string, details: FaultDetails = {}): Fault {
  const [name, status, code] = STS_REFUSALS[refusal];
  return fault(name, message, { status, errorType: code, details: { code, ...details } });
}
