import { formatJunit } from "./format-junit.ts";
import { formatMarkdown } from "./format-markdown.ts";
import { formatText } from "./format-text.ts";
import type { Report } from "./report.ts";

/** Forms in which a report is written. */
export type ReportFormat = "text" | "json" | "junit" | "markdown";

/** Options for {@link formatReport}. */
export interface FormatReportOptions {
  /**
   * Whether `text` marks outcomes with the colours of ANSI terminals.
   *
   * @default {false}
   */
  readonly colour?: boolean | undefined;
}

const FORMATTERS: Readonly<Record<ReportFormat, (report: Report, colour: boolean) => string>> = {
  text: formatText,
  json: (report) => `${JSON.stringify(report, undefined, 2)}\n`,
  junit: formatJunit,
  markdown: formatMarkdown,
};

/** The forms of a report, and the media type of each. */
export const REPORT_MEDIA_TYPES: Readonly<Record<ReportFormat, string>> = {
  text: "text/plain; charset=utf-8",
  json: "application/json",
  junit: "application/xml",
  markdown: "text/markdown; charset=utf-8",
};

/**
 * Writes a report: as text for a terminal, as JSON, as JUnit XML for CI, as
 * Markdown for the summary of a job.
 *
 * @example Usage
 * ```ts
 * import { createFake, formatReport } from "@claude-on-aws/fake";
 * import { equal } from "node:assert/strict";
 *
 * equal(formatReport(createFake().report(), "text"), "No exchange was seen.\n");
 * ```
 *
 * @param report What `report()` of a fake says.
 * @param format Which form.
 * @param options How it is written.
 * @returns Text that ends with a line break; holds no secret.
 */
export function formatReport(report: Report, format: ReportFormat, options: FormatReportOptions = {}): string {
  return FORMATTERS[format](report, options.colour === true);
}
