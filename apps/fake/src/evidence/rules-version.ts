/**
 * Version of what evidence holds and of what the rules make of it: it rises
 * where a rule asks for more than evidence held before, or judges the same
 * evidence otherwise. A row of another version is judged by the rules of today.
 * A test holds it to the table of rules; whoever changes how a judge decides raises it too.
 *
 * @example Usage
 * ```ts
 * import { RULES_VERSION } from "@claude-on-aws/fake";
 * import { equal } from "node:assert/strict";
 *
 * equal(Number.isInteger(RULES_VERSION), true);
 * ```
 */
export const RULES_VERSION = 4;
