import { headerValue, type WireRequest } from "@claude-on-aws/auth/sigv4";

/**
 * Reads the host that a request names.
 *
 * @returns With its port; empty where it names none.
 */
export function hostOf({ headers }: Pick<WireRequest, "headers">): string {
  return headerValue(headers, ":authority") ?? headerValue(headers, "host") ?? "";
}
