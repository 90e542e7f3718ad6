import { type FakeOptions, parseConfiguration } from "@claude-on-aws/fake/server";
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { CliError } from "../cli-error.ts";
import { explainFileError } from "./explain-file-error.ts";

/**
 * Reads a configuration; the policies that it names by files are read from beside it.
 *
 * @param path Relative to the working directory.
 * @returns What it says, as options of the fake.
 * @throws {CliError} `FILE_UNREADABLE` where there is no such file, `FILE_MALFORMED` where it holds no configuration.
 */
export function loadConfiguration(path: string): FakeOptions {
  const json = read(path, `Cannot read --config ${path}`);
  const readPolicy = (reference: string): string =>
    read(resolve(dirname(path), reference), `Cannot read ${reference}, a policy of --config ${path}`);
  try {
    return parseConfiguration(json, { readPolicy });
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    throw new CliError("FILE_MALFORMED", `Cannot use --config ${path}: ${(cause as Error).message}`, { cause });
  }
}

function read(path: string, what: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new CliError("FILE_UNREADABLE", `${what}: ${explainFileError(cause)}`, { cause });
  }
}
