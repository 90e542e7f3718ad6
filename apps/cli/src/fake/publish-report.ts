import { formatFakeReport, type ReportedFake } from "@claude-on-aws/fake/server";
import type { Terminal } from "../command.ts";
import type { ReportFile } from "./report-file.ts";
import { onReportSignal } from "./signals.ts";
import { writeReports } from "./write-reports.ts";

/**
 * Writes the report to its files each time when it is asked for by a signal; without files, to standard error.
 *
 * @param files The files of `--report`.
 * @param fake The fake.
 * @param terminal Told of what could not be written.
 * @returns Ends it, and waits for what is being written.
 */
export function publishOnSignal(
  files: readonly ReportFile[],
  fake: ReportedFake,
  terminal: Pick<Terminal, "error">,
): () => Promise<void> {
  let writing: Promise<unknown> = Promise.resolve();
  const off = onReportSignal(() => {
    if (files.length === 0) terminal.error(formatFakeReport(fake, "text").trimEnd());
    // One after the other: the file is to hold the later one.
    else writing = writing.then(() => writeReports(files, fake, terminal));
  });
  return async () => {
    off();
    await writing;
  };
}
