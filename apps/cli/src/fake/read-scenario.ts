import type { ScenarioSource } from "@claude-on-aws/fake/server";
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { CliError } from "../cli-error.ts";
import { explainFileError } from "./explain-file-error.ts";

/**
 * Reads a scenario, or one that another extends.
 *
 * @param reference Its path, relative to the folder of the one that names it.
 * @param from The path of that one; left out, the path is relative to the working directory.
 * @param called What it is called in a message; by default its path.
 * @returns Its path and its text.
 * @throws {CliError} `FILE_UNREADABLE` where there is no such file.
 */
export function readScenario(reference: string, from?: string, called?: string): ScenarioSource {
  const path = from === undefined ? reference : resolve(dirname(from), reference);
  try {
    return { path, text: readFileSync(path, "utf8") };
  } catch (cause) {
    const extended = from === undefined ? "" : `, which ${from} extends`;
    const why = explainFileError(cause, from === undefined ? undefined : "the file that extends it");
    throw new CliError("FILE_UNREADABLE", `Cannot read ${called ?? path}${extended}: ${why}`, { cause });
  }
}
