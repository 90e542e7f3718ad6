/**
 * Says whether a value is a JSON object: neither `null` nor an array.
 *
 * @example Usage
 * ```ts
 * import { isObject } from "@claude-on-aws/endpoints";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual([{}, [], null, "{}"].map(isObject), [true, false, false, false]);
 * ```
 *
 * @param value Any value, such as what `JSON.parse` gives.
 * @returns Whether it has named fields.
 */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
