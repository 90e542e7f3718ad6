import { countOf, type Outcome } from "./outcomes.ts";
import type { Report } from "./report.ts";

/**
 * Sums a report up in a line, and in a second one where exchanges were dropped.
 *
 * @example Usage
 * ```ts
 * import { createFakeCore, formatSum } from "@claude-on-aws/fake/server";
 * import { equal } from "node:assert/strict";
 *
 * equal(formatSum(createFakeCore().report()), "No exchange was seen.");
 * ```
 *
 * @param report What `report()` of a fake says.
 * @param paint Marks the outcome; by default it is left as it is.
 * @returns Text without a line break at its end.
 */
export function formatSum(
  { exchanges, dropped, clients, failed, warned, passed }: Report,
  paint: (outcome: Outcome, text: string) => string = (_, text) => text,
): string {
  if (exchanges === 0) return "No exchange was seen.";
  const sum = `${countOf(failed, "rule")} failed, ${warned} warned, ${passed} passed`;
  const outcome = failed > 0 ? "fail" : warned > 0 ? "warn" : "pass";
  const line = `${countOf(exchanges, "exchange")} of ${countOf(clients.length, "client")}: ${paint(outcome, sum)}`;
  return dropped === 0 ? line : `${line}\n${countOf(dropped, "exchange")} dropped before they could be judged.`;
}
