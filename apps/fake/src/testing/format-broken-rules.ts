import { escapeForTerminal } from "@claude-on-aws/endpoints";
import type { Mistake } from "@claude-on-aws/auth/diagnose";
import type { ClientReport, Report, RuleResult } from "../report/report.ts";

/**
 * Says which rules were broken, one block for each, for the message of a failed
 * test. What is wrong with a signature is told once for each exchange.
 *
 * @returns Text of several lines; holds no secret.
 */
export function formatBrokenRules(report: Report): string {
  const told = new Set<string>();
  const blocks = report.clients.flatMap((client) =>
    client.rules
      .filter(({ level, broken }) => level === "fail" && broken > 0)
      .map((rule) => {
        const isTold = rule.first === undefined || told.has(rule.first.exchange);
        if (rule.first !== undefined) told.add(rule.first.exchange);
        return formatRule(client, rule, isTold ? [] : rule.first.diagnosis);
      }),
  );
  const rules = blocks.length === 1 ? "A rule was broken" : `${blocks.length} rules were broken`;
  return escapeForTerminal([`${rules} that AWS holds clients to`, ...blocks].join("\n\n"), false);
}

function formatRule({ client }: ClientReport, result: RuleResult, diagnosis: readonly Mistake[]): string {
  const { rule, what, source, broken, first } = result;
  const times = broken === 1 ? "" : `${broken} times, first `;
  // A rule about a signature may say no more than the diagnosis.
  const isSaidBelow = diagnosis.some(({ message }) => first?.message.startsWith(message));
  return [
    `  ${rule}: ${what}`,
    `    broken ${times}in ${first?.request ?? "a request"} by ${client}`,
    ...(first === undefined || isSaidBelow ? [] : [`    found: ${indent(first.message)}`]),
    ...diagnosis.flatMap((mistake) => formatMistake(mistake, first?.fix)),
    ...(first === undefined ? [] : [`    fix: ${indent(first.fix)}`]),
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
