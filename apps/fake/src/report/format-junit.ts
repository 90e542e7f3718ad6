import { ATTRIBUTE_ENTITIES, type Entities, escapeXml } from "../text/escape-xml.ts";
import { brokenRules, countOf, countOutcomes, furtherMistakes } from "./outcomes.ts";
import type { ClientReport, FirstFailure, Report, RuleResult } from "./report.ts";

/**
 * Writes a report as JUnit XML: a test suite for each client, a test case for
 * each rule. What is only warned about passes, with the warning in its
 * `system-out`: JUnit has no third outcome, and a skipped test would say that
 * nothing was looked at.
 *
 * @returns XML that ends with a line break.
 * @see {@link https://github.com/testmoapp/junitxml | JUnit XML as CI services read it}
 */
export function formatJunit(report: Report): string {
  const tests = report.clients.reduce((sum, { rules }) => sum + rules.length, 0);
  const suites = report.clients.map(formatSuite).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes({ name: "claude-on-aws fake", tests, failures: report.failed, errors: 0 })}>\n${suites}</testsuites>\n`;
}

function formatSuite(client: ClientReport): string {
  const { fail } = countOutcomes(client);
  const sums = { name: client.client, tests: client.rules.length, failures: fail, errors: 0, skipped: 0 };
  const warnings = brokenRules(client).filter(({ level }) => level === "warn").length;
  const cases = client.rules.map((rule) => formatCase(rule, client.client)).join("");
  return `  <testsuite${attributes(sums)}>\n    <properties>\n${property("exchanges", client.exchanges)}${property("warnings", warnings)}    </properties>\n${cases}  </testsuite>\n`;
}

const property = (name: string, value: number): string => `      <property${attributes({ name, value })}/>\n`;

function formatCase({ rule, group, level, broken, passed, first, source }: RuleResult, client: string): string {
  const head = `    <testcase${attributes({ name: rule, classname: `${client}.${group}`, assertions: broken + passed })}`;
  if (first === undefined) return `${head}/>\n`;
  const text = escapeText(`${explain(first)}\nsource: ${source}\n${broken} of ${countOf(broken + passed, "exchange")}`);
  const inside =
    level === "fail"
      ? `<failure${attributes({ message: first.message, type: rule })}>${text}</failure>`
      : `<system-out>warning: ${escapeText(first.message)}\n${text}</system-out>`;
  return `${head}>\n      ${inside}\n    </testcase>\n`;
}

function explain(first: FirstFailure): string {
  const causes = furtherMistakes(first).map(({ code, message }) => `cause: ${message} (${code})`);
  return [...causes, `fix: ${first.fix}`, `first: ${first.request} (exchange ${first.exchange})`].join("\n");
}

const escapeText = (text: string): string => escapeXml(text, ATTRIBUTE_ENTITIES);

/** A line feed that stands in an attribute as it is would be read as a space. */
const LINE_FEED_ENTITIES: Entities = { ...ATTRIBUTE_ENTITIES, "\n": "&#10;" };

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value), LINE_FEED_ENTITIES)}"`)
    .join("");
}
