import type { FakeReportFormat } from "@claude-on-aws/fake/server";
import { extname } from "node:path";
import { CliError } from "../cli-error.ts";

/** A file that a report is written to. */
export interface ReportFile {
  readonly path: string;
  readonly format: FakeReportFormat;
}

const FORMATS: Readonly<Record<string, FakeReportFormat>> = {
  ".json": "json",
  ".xml": "junit",
  ".md": "markdown",
  ".txt": "text",
  ".html": "html",
};

/**
 * Tells the format of a report from the name of its file.
 *
 * @param path The value of `--report`.
 * @returns The file with its format.
 * @throws {CliError} `USAGE` where the name ends in none of `.json`, `.xml`, `.md`, `.txt` and `.html`.
 */
export function parseReportFile(path: string): ReportFile {
  const format = FORMATS[extname(path).toLowerCase()];
  if (format !== undefined) return { path, format };
  throw new CliError(
    "USAGE",
    `Cannot use --report "${path}": expected a name that ends in ${Object.keys(FORMATS).join(", ")}`,
  );
}
