import { METHODS } from "../known-values.ts";
import type { Alternative } from "../parts.ts";

/**
 * The other methods, and this one in lower case.
 *
 * @param received The method as received.
 * @returns What may have been signed instead, with the mistake that it would be.
 */
export function methodAlternatives(received: string): readonly Alternative[] {
  const others = [...METHODS, received.toLowerCase(), received.toUpperCase()].filter((method) => method !== received);
  return [...new Set(others)].map((method) => ({
    slot: "method",
    change: { method },
    mistakes: [{ code: "METHOD_CHANGED", signed: method, received }],
    cost: METHODS.includes(method) && method !== "OPTIONS" ? 1 : 2,
  }));
}
