import { AWS_DOMAINS } from "./aws-domains.ts";

/**
 * Tells whether a host is one of AWS's services, Claude's or any other.
 *
 * @param host A name in any case, with or without a port.
 * @returns `false` for a host of somebody else, and for one whose name only ends alike.
 *
 * @example Usage
 * ```ts
 * import { isAwsHost } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * equal(isAwsHost("sts.eu-central-1.amazonaws.com:443"), true);
 * equal(isAwsHost("not-amazonaws.com"), false);
 * ```
 */
export function isAwsHost(host: string): boolean {
  const name = host.replace(/:\d{1,5}$/, "").toLowerCase();
  return AWS_DOMAINS.some((domain) => name.endsWith(`.${domain}`));
}
