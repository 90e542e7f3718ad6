import { ANSWER_CHECKS } from "./checks/answer-checks.ts";
import { BEDROCK_CHECKS } from "./checks/bedrock-checks.ts";
import { CALLER_CHECKS } from "./checks/caller-checks.ts";
import { CONNECTION_CHECKS } from "./checks/connection-checks.ts";
import { ERROR_CHECKS } from "./checks/error-checks.ts";
import { OPTIONAL_CHECKS } from "./checks/optional-checks.ts";
import { REQUEST_CHECKS } from "./checks/request-checks.ts";
import { STREAM_CHECKS } from "./checks/stream-checks.ts";
import type { GatewayCheck } from "./gateway-check.ts";

/**
 * What is demanded of a gateway between clients of Claude and AWS, in the order in which it is asked.
 *
 * @example Which documents the demands come from
 * ```ts
 * import { GATEWAY_CHECKS } from "@claude-on-aws/fake/gateway-checks";
 * import { equal } from "node:assert/strict";
 *
 * const check = GATEWAY_CHECKS.find(({ id }) => id === "retry-after-kept");
 * equal(check?.demand, "A throttle keeps its `retry-after`.");
 * ```
 */
export const GATEWAY_CHECKS: readonly GatewayCheck[] = [
  ...CALLER_CHECKS,
  ...REQUEST_CHECKS,
  ...ANSWER_CHECKS,
  ...STREAM_CHECKS,
  ...ERROR_CHECKS,
  ...OPTIONAL_CHECKS,
  ...CONNECTION_CHECKS,
  ...BEDROCK_CHECKS,
];
