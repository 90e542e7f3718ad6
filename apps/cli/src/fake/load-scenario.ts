import { parseScenario, type Scenario } from "@claude-on-aws/fake/server";
import { CliError } from "../cli-error.ts";
import { readScenario } from "./read-scenario.ts";

/**
 * Reads a scenario, with all that it extends.
 *
 * @param path Relative to the working directory.
 * @returns The scenario.
 * @throws {CliError} `FILE_UNREADABLE` where there is no such file, `FILE_MALFORMED` where it holds no scenario.
 */
export function loadScenario(path: string): Scenario {
  try {
    return parseScenario(readScenario(path, undefined, `--scenario ${path}`).text, { path, readScenario });
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    const { message } = cause as Error;
    const further = `(claude-on-aws fake check ${path} says everything that is wrong, and in which line)`;
    throw new CliError("FILE_MALFORMED", `Cannot use --scenario ${path}: ${message} ${further}`, { cause });
  }
}
