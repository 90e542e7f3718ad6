import { PARTITIONS } from "./partitions.ts";

/** Domain of AWS's dual-stack hosts, in every partition that has them. */
export const DUAL_STACK_DOMAIN = "api.aws";

/**
 * Domains under which AWS has the hosts of its services, in every partition.
 *
 * @example Usage
 * ```ts
 * import { AWS_DOMAINS } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * equal(AWS_DOMAINS.includes("amazonaws.com.cn"), true);
 * ```
 */
export const AWS_DOMAINS: readonly string[] = /* @__PURE__ */ (() => [
  ...new Set([...PARTITIONS.map(({ dnsSuffix }) => dnsSuffix), DUAL_STACK_DOMAIN]),
])();
