import { formatProxyNotes, type Report } from "@claude-on-aws/fake/server";

/**
 * A report in one line, and a line for each rule that a client broke.
 *
 * @param report The report of the fake.
 * @returns The lines.
 */
export function formatSummary(report: Report): string[] {
  const { clients, exchanges, passed, warned, failed, dropped } = report;
  const kept = dropped === 0 ? "" : ` (${dropped} were dropped and not judged: see --max-exchanges)`;
  return [
    `${count(exchanges, "exchange")}${kept} of ${count(clients.length, "client")}: ` +
      `${count(passed, "rule")} kept, ${warned} warned about, ${failed} broken`,
    ...clients.flatMap(({ client, rules }) =>
      rules
        .filter(({ level, broken }) => level === "fail" && broken > 0)
        .map(
          ({ rule, broken, first }) =>
            `  ${rule} broken ${broken} x by ${client}: ${first?.message.split("\n", 1)[0] ?? ""}`,
        ),
    ),
    ...formatProxyNotes(report),
  ];
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;
