import { headerValue, type WireRequest } from "@claude-on-aws/auth/sigv4";

/** The host that a request names, with its port. */
export function hostOf({ headers }: Pick<WireRequest, "headers">): string {
  return headerValue(headers, ":authority") ?? headerValue(headers, "host") ?? "";
}
