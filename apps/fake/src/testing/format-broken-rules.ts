import { escapeForTerminal } from "@claude-on-aws/endpoints";
import type { Mistake } from "@claude-on-aws/auth/diagnose";
import { type BrokenRule, brokenRules } from "../report/outcomes.ts";
import type { ClientReport, Report, RuleResult } from "../report/report.ts";

/**
 * Says which rules were broken, one block for each, for the message of a failed
 * test. What is wrong with a signature is told once for each exchange.
 *
 * @param level Which of them: those that AWS refuses, or also those that are warned about.
 * @returns Text of several lines; holds no secret.
 */
export function formatBrokenRules(report: Report, level: RuleResult["level"]): string {
  const told = new Set<string>();
  const blocks = report.clients.flatMap((client) =>
    brokenRules(client)
      .filter((rule) => level === "warn" || rule.level === "fail")
      .map((rule) => {
        const { exchange, diagnosis } = rule.first;
        const isTold = told.has(exchange);
        told.add(exchange);
        return formatRule(client, rule, isTold ? [] : diagnosis);
      }),
  );
  const rules = blocks.length === 1 ? "A rule was broken" : `${blocks.length} rules were broken`;
  const isRefused = report.failed > 0;
  return escapeForTerminal(
    [`${rules} that ${isRefused ? "AWS holds clients to" : "clients do well to keep"}`, ...blocks].join("\n\n"),
    false,
  );
}

function formatRule({ client }: ClientReport, result: BrokenRule, diagnosis: readonly Mistake[]): string {
  const { rule, what, source, broken, first } = result;
  const times = broken === 1 ? "" : `${broken} times, first `;
  // A rule about a signature may say no more than the diagnosis.
  const isSaidBelow = diagnosis.some(({ message }) => first.message.startsWith(message));
  return [
    `  ${rule}: ${what}`,
    `    broken ${times}in ${first.request} by ${client}`,
    ...(isSaidBelow ? [] : [`    found: ${indent(first.message)}`]),
    ...diagnosis.flatMap((mistake) => formatMistake(mistake, first.fix)),
    `    fix: ${indent(first.fix)}`,
    `    source: ${source}`,
  ].join("\n");
}

function formatMistake({ code, message, fix, header, signed, received }: Mistake, otherFix?: string): string[] {
  const line = (text: string): string => (header === undefined ? text : `${header}:${text}`);
  return [
    `    diagnosis: ${code}: ${indent(message)}`,
    ...(signed === undefined && received === undefined
      ? []
      : [
          "      canonical request: - as it was signed, + as it was received",
          ...(signed === undefined ? [] : [`      - ${line(signed)}`]),
          ...(received === undefined ? [] : [`      + ${line(received)}`]),
        ]),
    ...(fix === otherFix ? [] : [`      fix: ${indent(fix)}`]),
  ];
}

/** AWS writes some messages over several lines. */
const indent = (text: string): string => text.trim().replaceAll("\n", "\n      ");
