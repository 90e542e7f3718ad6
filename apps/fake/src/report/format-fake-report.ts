import type { Journal } from "../judge/journal.ts";
import { formatReport, type FormatReportOptions, type ReportFormat } from "./format-report.ts";
import { formatHtmlReport } from "./html/format-html-report.ts";
import type { Report } from "./report.ts";

/** Forms in which a fake's report is written: those of a report, and the page that shows the exchanges too. */
export type FakeReportFormat = ReportFormat | "html";

/** A fake, as far as its report needs it. */
export interface ReportedFake {
  readonly report: () => Report;
  readonly journal: Pick<Journal, "snapshot">;
  readonly settings: { readonly now: () => Date };
}

/**
 * Writes what a fake saw, in any form.
 *
 * @example Usage
 * ```ts
 * import { createFakeCore, formatFakeReport } from "@claude-on-aws/fake/server";
 * import { match } from "node:assert/strict";
 *
 * match(formatFakeReport(createFakeCore(), "html"), /^<!doctype html>/i);
 * ```
 *
 * @param fake The fake.
 * @param format `html` is one self-contained page with the exchanges; the others are those of {@link formatReport}.
 * @param options How it is written.
 * @returns Text that ends with a line break; holds no secret.
 */
export function formatFakeReport(
  fake: ReportedFake,
  format: FakeReportFormat,
  options: FormatReportOptions = {},
): string {
  if (format !== "html") return formatReport(fake.report(), format, options);
  const { exchanges } = fake.journal.snapshot();
  return formatHtmlReport({ report: fake.report(), exchanges, generatedAt: fake.settings.now() });
}
