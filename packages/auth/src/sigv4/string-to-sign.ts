import { type CredentialScope, formatCredentialScope } from "./credential-scope.ts";

/** The one algorithm of SigV4 that these services take. */
export const ALGORITHM = "AWS4-HMAC-SHA256";

/**
 * Writes the string to sign.
 *
 * @param amzDate Time of signing as `YYYYMMDDTHHMMSSZ`.
 * @param scope The credential scope.
 * @param canonicalRequestHash Lower-case hexadecimal SHA-256 of the canonical request.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html | Create a signed AWS API request}
 */
export function stringToSign(amzDate: string, scope: CredentialScope, canonicalRequestHash: string): string {
  return `${ALGORITHM}\n${amzDate}\n${formatCredentialScope(scope)}\n${canonicalRequestHash}`;
}
