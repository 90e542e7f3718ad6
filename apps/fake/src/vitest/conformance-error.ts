import type { Report } from "../report/report.ts";

/** Why a {@link ConformanceError} was thrown. */
export type ConformanceErrorCode = "RULE_BROKEN";

/** Thrown when a client broke a rule; the message says which, in which request, why, and what to do. */
export class ConformanceError extends Error {
  override name = "ConformanceError";
  readonly code: ConformanceErrorCode = "RULE_BROKEN";
  /** Everything that was judged. */
  readonly report: Report;

  constructor(message: string, report: Report) {
    super(message);
    this.report = report;
  }
}
