import type { Header } from "../translate/translation.ts";

/** Headers of one connection, which end where it ends, and those that whoever sends a request writes itself. */
const OF_CONNECTION: ReadonlySet<string> = new Set([
  "accept-encoding",
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** What the client proves who it is with, to whoever it takes this for: a key that is a placeholder, another signature. */
const OF_AUTHENTICATION: ReadonlySet<string> = new Set([
  "authorization",
  "cookie",
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
  const passed: Header[] = [];
  for (const [name, value] of headers) {
    if (!OF_CONNECTION.has(name) && !OF_AUTHENTICATION.has(name) && !name.startsWith("proxy-")) {
      passed.push([name, value]);
    }
  }
  return passed;
}
