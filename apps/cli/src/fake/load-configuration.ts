import { type FakeOptions, parseConfiguration } from "@claude-on-aws/fake/server";
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { explainFileError } from "./explain-file-error.ts";

/**
 * Reads a configuration; the policies that it names by files are read from beside it.
 *
 * @param path Relative to the working directory.
 * @throws {TypeError} where there is no such file, or it holds no configuration.
 */
export function loadConfiguration(path: string): FakeOptions {
  const json = read(path, `Cannot read --config ${path}`);
  const readPolicy = (reference: string): string =>
    read(resolve(dirname(path), reference), `Cannot read ${reference}, a policy of --config ${path}`);
  try {
    return parseConfiguration(json, { readPolicy });
  } catch (cause) {
    if (cause instanceof UnreadableError) throw cause;
    throw new TypeError(`Cannot use --config ${path}: ${(cause as Error).message}`, { cause });
  }
}

class UnreadableError extends TypeError {}

function read(path: string, what: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new UnreadableError(`${what}: ${explainFileError(cause)}`, { cause });
  }
}
