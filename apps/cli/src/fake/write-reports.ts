import { formatFakeReport, type ReportedFake } from "@claude-on-aws/fake/server";
import type { Terminal } from "../command.ts";
import { explainFileError } from "./explain-file-error.ts";
import { replaceFile } from "./replace-file.ts";
import type { ReportFile } from "./report-file.ts";

/**
 * Writes the report of a fake to every file; says on the terminal what could not be written, and goes on.
 *
 * @param files The files of `--report`.
 * @param fake The fake.
 * @param terminal Told of what could not be written.
 * @returns Whether all could be written.
 */
export async function writeReports(
  files: readonly ReportFile[],
  fake: ReportedFake,
  terminal: Pick<Terminal, "error">,
): Promise<boolean> {
  // Judged once, however many files are asked for.
  const report = fake.report();
  const judged: ReportedFake = { report: () => report, journal: fake.journal, settings: fake.settings };
  let isComplete = true;
  for (const { path, format } of files) {
    try {
      await replaceFile(path, formatFakeReport(judged, format));
    } catch (error) {
      isComplete = false;
      terminal.error(`Cannot write the report to ${path}: ${explainFileError(error)}`);
    }
  }
  return isComplete;
}
