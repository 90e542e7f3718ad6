import { type CredentialScope, formatCredentialScope } from "./credential-scope.ts";
import { stringToSignOf } from "./digest.ts";

/**
 * Writes the string to sign.
 *
 * @param amzDate Time of signing as `YYYYMMDDTHHMMSSZ`.
 * @param scope The credential scope.
 * @param canonicalRequestHash Lower-case hexadecimal SHA-256 of the canonical request.
 * @returns Four lines, joined by line feeds.
 *
 * @example Usage
 * ```ts
 * import { stringToSign } from "@claude-on-aws/auth/sigv4";
 * import { equal } from "node:assert/strict";
 *
 * const scope = { date: "20261121", region: "us-east-1", service: "bedrock" };
 * equal(stringToSign("20261121T120000Z", scope, "00").split("\n")[2], "20261121/us-east-1/bedrock/aws4_request");
 * ```
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html | Create a signed AWS API request}
 */
export function stringToSign(amzDate: string, scope: CredentialScope, canonicalRequestHash: string): string {
  return stringToSignOf(amzDate, formatCredentialScope(scope), canonicalRequestHash);
}
