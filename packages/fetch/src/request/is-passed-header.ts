/**
 * Headers that end here: of the connection, of how whoever sends writes a body, and those with which the client proves who it is to
 * whoever it takes this for, with a key that is a placeholder or with a signature of its own.
 */
const NOT_PASSED: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "accept-encoding",
  "authorization",
  "connection",
  "content-length",
  "cookie",
  "expect",
  "host",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "x-amz-content-sha256",
  "x-amz-date",
  "x-amz-security-token",
  "x-api-key",
]);

/**
 * Says whether a header of a client is for the service, or ends at whoever sends the request on.
 *
 * @example A key and a version
 * ```ts
 * import { isPassedHeader } from "@claude-on-aws/fetch";
 * import { equal } from "node:assert/strict";
 *
 * equal(isPassedHeader("x-api-key"), false);
 * equal(isPassedHeader("anthropic-version"), true);
 * ```
 *
 * @param name Its name in lower case.
 * @returns Whether it is.
 */
export const isPassedHeader = (name: string): boolean => !NOT_PASSED.has(name) && !name.startsWith("proxy-");
