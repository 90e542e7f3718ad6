import { formatProxyNotes, formatSum, printable, type Report } from "@claude-on-aws/fake/server";

/**
 * A report in one line, and a line for each rule that failed, in the words of the whole report.
 *
 * @param report The report of the fake.
 * @returns The lines.
 */
export function formatSummary(report: Report): string[] {
  const { clients, dropped } = report;
  return [
    ...formatSum(report).split("\n"),
    ...(dropped === 0 ? [] : ["--max-exchanges keeps more of them."]),
    ...clients.flatMap(({ client, rules }) =>
      rules
        .filter(({ level, broken }) => level === "fail" && broken > 0)
        .map(({ rule, broken, passed, first }) =>
          printable(
            `  fail  ${rule} (${broken} of ${broken + passed}) by ${client}: ${first?.message.split("\n", 1)[0] ?? ""}`,
          ),
        ),
    ),
    ...formatProxyNotes(report),
  ];
}
