import type { Header } from "../translate/translation.ts";

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
 * Leaves out of a client's headers what is not for the service.
 *
 * @param headers The client's headers.
 * @returns The others, their names in lower case.
 */
export function passedHeaders(headers: Headers): readonly Header[] {
  return [...headers].filter(([name]) => !NOT_PASSED.has(name) && !name.startsWith("proxy-"));
}
