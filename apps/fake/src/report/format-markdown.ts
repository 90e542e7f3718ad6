import { escapeCharacters, TEXT_ENTITIES } from "../text/escape-xml.ts";
import { brokenRules, countOf, countOutcomes, furtherMistakes, type Outcome, outcomeOf } from "./outcomes.ts";
import { formatProxyNotes } from "./format-proxy-notes.ts";
import type { ClientReport, Report } from "./report.ts";

const SIGNS: Readonly<Record<Outcome, string>> = { fail: "❌", warn: "⚠️", pass: "✅" };

/**
 * Writes a report as Markdown, as the summary of a CI job shows it: a table of
 * the clients, then for each client a table of the rules that were broken;
 * those that passed are folded away.
 *
 * @returns Text that ends with a line break.
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands | GitHub's job summaries}
 */
export function formatMarkdown(report: Report): string {
  const { exchanges, dropped, clients, failed, warned, passed } = report;
  const sign = SIGNS[failed > 0 ? "fail" : warned > 0 ? "warn" : "pass"];
  const title = `## ${sign} Conformance: ${countOf(failed, "rule")} failed, ${warned} warned, ${passed} passed`;
  const missing =
    dropped === 0 ? "" : ` ${countOf(dropped, "exchange")} could not be judged: the journal had dropped them.`;
  const sections = clients.map(formatClient);
  return `${[title, `${countOf(exchanges, "exchange")} of ${countOf(clients.length, "client")}.${missing}`, ...(clients.length === 0 ? [] : [formatClients(clients)]), ...sections, ...formatProxyNotes(report, code)].join("\n\n")}\n`;
}

function formatClients(clients: readonly ClientReport[]): string {
  const rows = clients.map((client) => {
    const { fail, warn, pass } = countOutcomes(client);
    return [code(client.client), client.exchanges, fail, warn, pass];
  });
  return table(["Client", "Exchanges", "Failed", "Warned", "Passed"], rows);
}

function formatClient(client: ClientReport): string {
  const broken = brokenRules(client).map((rule) => [
    SIGNS[rule.level],
    code(rule.rule),
    `${rule.broken} of ${rule.broken + rule.passed}`,
    [
      text(rule.what),
      `Found: ${text(rule.first.message)}`,
      ...furtherMistakes(rule.first).map((mistake) => `Cause: ${text(mistake.message)}`),
      `Fix: ${text(rule.first.fix)}`,
      `First: ${code(rule.first.request)}, exchange ${code(rule.first.exchange)}`,
      `Source: ${rule.source.startsWith("https://") ? `<${rule.source}>` : text(rule.source)}`,
    ].join("<br>"),
  ]);
  const passed = client.rules.filter((rule) => outcomeOf(rule) === "pass");
  return [
    `### ${code(client.client)}`,
    ...(broken.length === 0 ? ["Every rule held."] : [table(["", "Rule", "Exchanges", "What"], broken)]),
    ...(passed.length === 0
      ? []
      : [
          `<details><summary>${countOf(passed.length, "rule")} passed</summary>`,
          table(
            ["Rule", "Exchanges", "What"],
            passed.map((rule) => [code(rule.rule), rule.passed, text(rule.what)]),
          ),
          "</details>",
        ]),
  ].join("\n\n");
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const oneLine = (value: string): string => value.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ");

/** Text that Markdown and HTML leave as it is. */
const text = (value: string): string =>
  escapeCharacters(oneLine(value).replace(/[\\`*_[\]|~#!]/g, String.raw`\$&`), TEXT_ENTITIES);

/** Text as code; in a table, a bar in it has to be escaped even there. */
function code(value: string): string {
  const line = oneLine(value).replaceAll("|", String.raw`\|`);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}
