import type { JournalEntry } from "../../judge/journal-entry.ts";
import { brokenRules } from "../outcomes.ts";
import type { ClientReport, Report } from "../report.ts";
import { byteLength, chooseExchanges, takeWhile } from "./choose-exchanges.ts";
import { clientSection, clientsSection } from "./client-section.ts";
import { exchangesSection } from "./exchanges-section.ts";
import { formatPage } from "./format-page.ts";
import { html } from "../../text/markup.ts";
import { refusedHostsSection, silentHostsSection } from "./refused-hosts-section.ts";
import { firstBroken, headline, summarySection } from "./summary-section.ts";

/** What {@link formatHtmlReport} writes, and how much of it. */
export interface HtmlReportOptions {
  /** What `report()` of a fake says. */
  readonly report: Report;
  /** The exchanges of the journal, oldest first. */
  readonly exchanges: readonly JournalEntry[];
  readonly generatedAt: Date;
  /**
   * How many exchanges are listed; failures go before warnings before the others.
   *
   * @default {5000}
   */
  readonly maxExchanges?: number | undefined;
  /**
   * How many exchanges are shown in full; of the others one line is shown.
   *
   * @default {300}
   */
  readonly maxDetailed?: number | undefined;
  /**
   * How many clients are shown; those that broke a rule go first.
   *
   * @default {50}
   */
  readonly maxClients?: number | undefined;
  /**
   * How long the page may become, in bytes, apart from its summary, refused hosts, style and script, which are some 20,000. One half is
   * for the clients, the other for the exchanges. What does not fit is shown in one line or left out, and the page says so.
   *
   * @default {8_388_608}
   */
  readonly maxPageBytes?: number | undefined;
  /**
   * Length up to which a header, a line of a canonical request, a message or a body is shown whole, in UTF-16 code units.
   *
   * @default {2000}
   */
  readonly maxTextLength?: number | undefined;
}

/**
 * Writes a report as one page for a browser, which needs nothing else: no
 * other file, no network, no script. It can be opened from disk, mailed, or
 * kept with a CI run.
 *
 * Each failing exchange is shown with its diagnosis, and a wrong signature with
 * the canonical request that was expected beside the one that was signed.
 *
 * @example Usage
 * ```ts
 * import { createFake, formatHtmlReport } from "@claude-on-aws/fake";
 * import { ok } from "node:assert/strict";
 *
 * const fake = createFake();
 * const { exchanges } = fake.journal.snapshot();
 * const page = formatHtmlReport({ report: fake.report(), exchanges, generatedAt: new Date() });
 * ok(page.startsWith("<!doctype html>"));
 * ```
 *
 * @param options What it shows, and how much of it.
 * @returns The page. All text is escaped, and characters that cannot be seen are written as code points. It holds no secret where the exchanges hold none.
 */
export function formatHtmlReport(options: HtmlReportOptions): string {
  const { report, exchanges, generatedAt, maxTextLength = 2000, maxPageBytes = 8_388_608 } = options;
  const { maxExchanges = 5000, maxDetailed = 300, maxClients = 50 } = options;
  const clients = sortClients(report.clients).slice(0, maxClients);
  const pointedAt = new Set(clients.flatMap((client) => brokenRules(client).map(({ first }) => first.exchange)));
  const rules = new Map(
    report.clients.flatMap((client) => client.rules.map(({ rule, what }) => [rule, what] as const)),
  );
  // Half for each: a hundred clients must not push out the exchanges.
  const limits = { maxExchanges, maxDetailed, maxBytes: maxPageBytes / 2, maxTextLength };
  const listed = chooseExchanges(exchanges, pointedAt, rules, limits);
  const places = new Map(listed.map(({ entry, place }) => [entry.id, place]));
  let left = maxPageBytes / 2;
  const sections = takeWhile(clients, (client) => {
    const section = clientSection(client, { places, maxTextLength });
    left -= byteLength(section);
    return left < 0 ? undefined : section;
  });
  const main = html`${summarySection(report, listed)}${refusedHostsSection(report, maxTextLength)}${silentHostsSection(report, maxTextLength)}${clientsSection(report, sections)}${exchangesSection(report, listed)}`;
  return formatPage({ title: headline(report), main, first: firstBroken(listed), generatedAt });
}

/** Those that failed most rules first, then those with most warnings. */
function sortClients(clients: readonly ClientReport[]): readonly ClientReport[] {
  const weight = (client: ClientReport): number =>
    brokenRules(client).reduce((sum, { level }) => sum + (level === "fail" ? 1000 : 1), 0);
  return clients.toSorted((one, other) => weight(other) - weight(one));
}
