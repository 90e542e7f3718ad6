import { headerValue, type WireRequest } from "@claude-on-aws/auth/sigv4";
import { parseBearer } from "@claude-on-aws/endpoints";

/** How a request says who sent it. */
export type AuthenticationKind = "sigv4" | "sigv4-query" | "bearer" | "x-api-key" | "both" | "other" | "none";

/**
 * Recognises how a request is authenticated.
 *
 * @returns `sigv4-query` for a signature in the query, where no header says who sent it; `other` for an `Authorization` that is neither a signature nor a bearer token.
 */
export function authenticationKind({ headers, target }: Pick<WireRequest, "headers" | "target">): AuthenticationKind {
  const authorization = headerValue(headers, "authorization");
  const apiKey = headerValue(headers, "x-api-key");
  if (authorization === undefined) {
    if (apiKey !== undefined) return "x-api-key";
    return SIGNATURE_PARAMETER.test(target) ? "sigv4-query" : "none";
  }
  if (apiKey !== undefined) return "both";
  if (authorization.startsWith("AWS4-HMAC-SHA256")) return "sigv4";
  return parseBearer(authorization) === undefined ? "other" : "bearer";
}

/** AWS reads it in this case alone; what is meant is told from it in any. */
const SIGNATURE_PARAMETER = /[?&]X-Amz-Signature=/i;
