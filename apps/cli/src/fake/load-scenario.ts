import { parseScenario, type Scenario } from "@claude-on-aws/fake/server";
import { readFile } from "node:fs/promises";
import { CliError } from "../cli-error.ts";
import { explainFileError } from "./explain-file-error.ts";

/**
 * Reads a scenario.
 *
 * @param path Relative to the working directory.
 * @returns The scenario.
 * @throws {CliError} `FILE_UNREADABLE` where there is no such file, `FILE_MALFORMED` where it holds no scenario.
 */
export async function loadScenario(path: string): Promise<Scenario> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw new CliError("FILE_UNREADABLE", `Cannot read --scenario ${path}: ${explainFileError(cause)}`, { cause });
  }
  try {
    return parseScenario(text);
  } catch (cause) {
    throw new CliError("FILE_MALFORMED", `Cannot use --scenario ${path}: ${(cause as Error).message}`, { cause });
  }
}
