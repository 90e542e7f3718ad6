import { escapeForTerminal } from "@claude-on-aws/endpoints";
import { type BrokenRule, brokenRules, countOf, countOutcomes, furtherMistakes, type Outcome } from "./outcomes.ts";
import { formatSum } from "./format-sum.ts";
import { formatProxyNotes } from "./format-proxy-notes.ts";
import { printable } from "../text/printable.ts";
import type { ClientReport, Report } from "./report.ts";
import { wrapText } from "./wrap-text.ts";

/** How wide the report is, in characters. */
const WIDTH = 100;

/** Where the texts of a rule begin. */
const LABEL_WIDTH = 12;

const COLOURS: Readonly<Record<Outcome | "dim" | "bold", string>> = {
  fail: "31",
  warn: "33",
  pass: "32",
  dim: "2",
  bold: "1",
};

type Paint = (style: keyof typeof COLOURS, text: string) => string;

/**
 * Writes a report for a terminal, 100 characters wide: the rules that were
 * broken, with the first exchange that broke each and what to do; those that
 * passed are counted.
 *
 * @param colour Whether to mark the outcome with colours of ANSI terminals.
 * @returns Text that ends with a line break.
 */
export function formatText(report: Report, colour: boolean): string {
  const paint: Paint = (style, text) => (colour ? `\u001B[${COLOURS[style]}m${text}\u001B[0m` : text);
  const clients = report.clients.map((client) => formatClient(client, paint));
  const lines = [...clients, formatSum(report, paint), ...formatProxyNotes(report)];
  return escapeForTerminal(`${lines.join("\n")}\n`, colour);
}

function formatClient(client: ClientReport, paint: Paint): string {
  const { fail, warn, pass } = countOutcomes(client);
  const counts = [
    countOf(client.exchanges, "exchange"),
    ...(fail === 0 ? [] : [paint("fail", `${fail} failed`)]),
    ...(warn === 0 ? [] : [paint("warn", `${warn} warned`)]),
    paint("pass", `${pass} passed`),
  ];
  const head = `${paint("bold", printable(client.client))}: ${counts.join(", ")}`;
  return [head, ...brokenRules(client).map((rule) => formatRule(rule, paint)), ""].join("\n");
}

function formatRule({ rule, level, what, source, broken, passed, first }: BrokenRule, paint: Paint): string {
  const rows: readonly (readonly [label: string, text: string])[] = [
    ["rule", what],
    ["found", first.message],
    ...furtherMistakes(first).map(({ code, message }) => ["cause", `${message} (${code})`] as const),
    ["fix", first.fix],
    ["first", `${first.request} (exchange ${first.exchange})`],
    ["source", source],
  ];
  const lines = rows.flatMap(([label, text]) =>
    wrapText(printable(text), WIDTH - LABEL_WIDTH).map(
      (line, index) => `${paint("dim", (index === 0 ? `    ${label}` : "").padEnd(LABEL_WIDTH))}${line}`,
    ),
  );
  const title = `  ${paint(level, level.padEnd(4))}  ${paint("bold", rule)} (${broken} of ${countOf(broken + passed, "exchange")})`;
  return [title, ...lines].join("\n");
}
