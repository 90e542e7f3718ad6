import { access, constants, mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { CliError } from "../cli-error.ts";
import { explainFileError } from "./explain-file-error.ts";
import type { ReportFile } from "./report-file.ts";

/**
 * Makes the folders of the files that reports are written to, and sees whether they can be: after a long run it is too late
 * to hear of it.
 *
 * @param files The files of `--report`.
 * @throws {CliError} `FILE_UNWRITABLE` where one cannot be written.
 */
export async function prepareReports(files: readonly ReportFile[]): Promise<void> {
  for (const { path } of files) {
    try {
      await mkdir(dirname(path), { recursive: true });
      await checkWritable(path);
    } catch (cause) {
      throw new CliError("FILE_UNWRITABLE", `Cannot write the report to ${path}: ${explainFileError(cause)}`, {
        cause,
      });
    }
  }
}

/** A file is replaced in its folder; a device or a pipe is written to as it is. */
async function checkWritable(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() === true) throw Object.assign(new Error(`${path} is a folder`), { code: "EISDIR" });
  await access(found === undefined || found.isFile() ? dirname(path) : path, constants.W_OK);
}
