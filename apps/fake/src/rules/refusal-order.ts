import type { BreakingCode } from "./rule.ts";

/**
 * What the check of a caller asks, in its order: the names of faults and the
 * codes of a refused signature. Whoever is refused at one place kept to
 * everything before it, and was not asked what comes after.
 *
 * `SESSION_TOKEN_MISSING` is found at two places.
 */
const REFUSAL_ORDER: readonly BreakingCode[] = [
  "authentication-missing",
  "authentication-twice",
  "AUTHORIZATION_MISSING",
  "AUTHORIZATION_MALFORMED",
  "CREDENTIAL_MALFORMED",
  "DATE_MISSING",
  "DATE_MALFORMED",
  "SCOPE_TERMINATOR",
  "WRONG_SERVICE",
  "WRONG_REGION",
  "DATE_NOT_IN_SCOPE",
  "EXPIRES_INVALID",
  "CLOCK_SKEW",
  "PRESIGNED_EXPIRED",
  "HOST_NOT_SIGNED",
  "SIGNED_HEADERS_UNSORTED",
  "SIGNED_HEADER_MISSING",
  "SESSION_TOKEN_MISSING",
  "SESSION_TOKEN_NOT_SIGNED",
  "ACCESS_KEY_UNKNOWN",
  "SESSION_TOKEN_MISSING",
  "SESSION_TOKEN_INVALID",
  "CREDENTIALS_EXPIRED",
  "BODY_UNSIGNED",
  "SIGNATURE_MISMATCH",
  "api-key-malformed",
  "api-key-unknown",
  "api-key-expired",
];

/**
 * Tells whether a refusal came after everything that could have broken a rule.
 *
 * @returns `false` also where the order does not say.
 */
export function isAskedBefore(brokenBy: readonly BreakingCode[], refusal: BreakingCode): boolean {
  const reached = REFUSAL_ORDER.indexOf(refusal);
  const asked = brokenBy.map((code) => REFUSAL_ORDER.lastIndexOf(code));
  return reached >= 0 && asked.every((place) => place >= 0 && place < reached);
}
