import { createPaint } from "../create-paint.ts";
import type { LoginReport } from "./login-report.ts";

/**
 * Writes for people whose credentials there are.
 *
 * @param report The report.
 * @param colour Whether to colour it.
 * @returns Its lines.
 */
export function formatLogin(report: LoginReport, colour: boolean): readonly string[] {
  const { accessKeyId, source, expiration, account, arn } = report;
  const paint = createPaint(colour);
  const rows: readonly (readonly [what: string, value: string | null])[] = [
    ["credentials", accessKeyId],
    ["from", source],
    ["until", expiration ?? "no end is known"],
    ["account", account],
    ["who", arn],
  ];
  return rows.flatMap(([what, value]) => (value === null ? [] : [`${paint("cyan", what.padEnd(11))}  ${value}`]));
}
