import { parseScenario, type Scenario } from "@claude-on-aws/fake/server";
import { readFile } from "node:fs/promises";
import { explainFileError } from "./explain-file-error.ts";

/**
 * Reads a scenario.
 *
 * @param path Relative to the working directory.
 * @throws {TypeError} where there is no such file, or it holds no scenario.
 */
export async function loadScenario(path: string): Promise<Scenario> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw new TypeError(`Cannot read --scenario ${path}: ${explainFileError(cause)}`, { cause });
  }
  try {
    return parseScenario(text);
  } catch (cause) {
    throw new TypeError(`Cannot use --scenario ${path}: ${(cause as Error).message}`, { cause });
  }
}
