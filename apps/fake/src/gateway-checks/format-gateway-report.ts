import type { GatewayCheckResult, GatewayVerdict } from "./gateway-check.ts";
import type { GatewayReport } from "./check-gateway.ts";

/** Options for {@link formatGatewayReport}. */
export interface FormatGatewayReportOptions {
  /**
   * Colours a verdict.
   *
   * @default {no colours}
   */
  readonly paint?: ((verdict: GatewayVerdict, text: string) => string) | undefined;
}

const WORDS: Readonly<Record<GatewayVerdict, string>> = {
  kept: "kept",
  broken: "BROKEN",
  "not-applicable": "–",
};

/** The longest word, and a gap. */
const WORD_WIDTH = 8;

/**
 * Writes what a gateway made of all demands as a table for a terminal, with what was found where one is broken.
 *
 * @example One check
 * ```ts
 * import { formatGatewayReport, GATEWAY_CHECKS } from "@claude-on-aws/fake/gateway-checks";
 * import { match } from "node:assert/strict";
 *
 * const checks = GATEWAY_CHECKS.slice(0, 1).map((check) => ({ ...check, verdict: "kept" as const }));
 * const counts = { kept: 1, broken: 0, "not-applicable": 0 };
 * match(formatGatewayReport({ service: "bedrock", checks, counts }), /1 kept, 0 broken, 0 not applicable/);
 * ```
 *
 * @param report The report.
 * @param options Colours.
 * @returns Lines, without a line break at their end.
 */
export function formatGatewayReport(report: GatewayReport, options: FormatGatewayReportOptions = {}): string {
  const { paint = (_, text) => text } = options;
  const width = Math.max(0, ...report.checks.map(({ id }) => id.length));
  const lines: string[] = [];
  let group: string | undefined;
  for (const result of report.checks) {
    if (result.group !== group) lines.push(...(group === undefined ? [] : [""]), result.group);
    group = result.group;
    const word = paint(result.verdict, WORDS[result.verdict].padEnd(WORD_WIDTH));
    const says = result.verdict === "not-applicable" ? result.reason : result.demand;
    lines.push(`  ${word}${result.id.padEnd(width)}  ${says}`, ...detailsOf(result));
  }
  const { kept, broken } = report.counts;
  const rest = report.counts["not-applicable"];
  const sum = `Gateway to ${report.service}: ${kept} kept, ${broken} broken, ${rest} not applicable`;
  return [...lines, ...(lines.length === 0 ? [] : [""]), sum].join("\n");
}

/** Where details begin: below the ids. */
const INDENT = " ".repeat(WORD_WIDTH + 2);

function detailsOf({ verdict, found, expected, source }: GatewayCheckResult): readonly string[] {
  if (verdict !== "broken") return [];
  return [`found    ${found}`, `expected ${expected}`, `source   ${source.title}, ${source.url}`].map(
    (line) => INDENT + line,
  );
}
