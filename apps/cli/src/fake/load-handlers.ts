import { isObject } from "@claude-on-aws/endpoints";
import type { InProcessOptions } from "@claude-on-aws/fake";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { CliError } from "../cli-error.ts";
import { explainFileError } from "./explain-file-error.ts";

type Handlers = NonNullable<InProcessOptions["overrides"]>;

/**
 * Loads msw handlers from a module: its export `handlers`, or its default export.
 *
 * @param path Relative to the working directory.
 * @returns The handlers.
 * @throws {CliError} `FILE_UNREADABLE` where there is no such file, `FILE_MALFORMED` where the module cannot be loaded, or
 * exports something else.
 */
export async function loadHandlers(path: string): Promise<Handlers> {
  const module = await load(path);
  const found = module["handlers"] ?? module["default"];
  if (Array.isArray(found) && found.every(isHandler)) return found;
  throw new CliError(
    "FILE_MALFORMED",
    `Cannot use --handlers ${path}: expected an export named handlers, or a default export, that is an array of msw handlers`,
  );
}

async function load(path: string): Promise<Record<string, unknown>> {
  const url = pathToFileURL(resolve(path)).href;
  try {
    // What a runtime says of a file that it cannot import names our own.
    await readFile(path);
  } catch (cause) {
    throw new CliError("FILE_UNREADABLE", `Cannot read --handlers ${path}: ${explainFileError(cause)}`, { cause });
  }
  try {
    return (await import(url)) as Record<string, unknown>;
  } catch (cause) {
    const reason = (cause as Error)?.message ?? String(cause);
    throw new CliError("FILE_MALFORMED", `Cannot use --handlers ${path}: it does not load: ${reason}`, { cause });
  }
}

/** By what it does: the module may have an msw of its own. */
const isHandler = (value: unknown): value is Handlers[number] => isObject(value) && typeof value["run"] === "function";
