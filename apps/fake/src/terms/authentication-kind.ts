import { headerValue, type WireRequest } from "@claude-on-aws/auth/sigv4";
import { parseBearer } from "@claude-on-aws/endpoints";

/** How a request says who sent it. */
export type AuthenticationKind = "sigv4" | "bearer" | "x-api-key" | "both" | "other" | "none";

/**
 * Recognises how a request is authenticated.
 *
 * @returns `other` for an `Authorization` that is neither a signature nor a bearer token.
 */
export function authenticationKind({ headers }: Pick<WireRequest, "headers">): AuthenticationKind {
  const authorization = headerValue(headers, "authorization");
  const apiKey = headerValue(headers, "x-api-key");
  if (authorization === undefined) return apiKey === undefined ? "none" : "x-api-key";
  if (apiKey !== undefined) return "both";
  if (authorization.startsWith("AWS4-HMAC-SHA256")) return "sigv4";
  return parseBearer(authorization) === undefined ? "other" : "bearer";
}
