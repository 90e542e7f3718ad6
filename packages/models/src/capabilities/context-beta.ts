/**
 * The beta of the window of a million tokens.
 *
 * @example Usage
 * ```ts
 * import { CONTEXT_BETA } from "@claude-on-aws/models";
 * import { equal } from "node:assert/strict";
 *
 * equal(CONTEXT_BETA, "context-1m-2025-08-07");
 * ```
 */
export const CONTEXT_BETA = "context-1m-2025-08-07";
