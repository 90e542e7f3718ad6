import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** Where the packages come from, as the package.json of the workspace says it for all of them. */
export interface ProjectOrigin {
  readonly author: string;
  /** Address of the repository in a browser, such as `https://github.com/owner/name`; empty until it has one. */
  readonly repository: string;
}

/** What is said where the address is missing. */
export const NO_REPOSITORY: string =
  'package.json of the workspace: "repository" is empty. Fill in the address of the repository, such as ' +
  '"https://github.com/owner/name": packed packages take repository, homepage, bugs and their links from it.';

const ADDRESS = /^https:\/\/[a-z0-9.-]+\/[\w.-]+\/[\w.-]+$/i;

/**
 * Reads where the packages come from.
 *
 * @param root The workspace.
 * @throws {TypeError} Where `author` is missing, or `repository` is neither empty nor an address.
 */
export async function readOrigin(root: string): Promise<ProjectOrigin> {
  return parseOrigin(await readFile(join(root, "package.json"), "utf8"));
}

/**
 * Reads where the packages come from, from the text of the workspace's package.json.
 *
 * @throws {TypeError} Where `author` is missing, or `repository` is neither empty nor an address.
 */
export function parseOrigin(text: string): ProjectOrigin {
  const { author, repository } = JSON.parse(text) as { author?: unknown; repository?: unknown };
  if (typeof author !== "string" || author === "") {
    throw new TypeError('package.json of the workspace: expected "author" to be a name');
  }
  if (repository === "") return { author, repository };
  if (typeof repository !== "string" || !ADDRESS.test(repository) || repository.endsWith(".git")) {
    const found = JSON.stringify(repository);
    throw new TypeError(
      `package.json of the workspace: expected "repository" to be empty or like "https://github.com/owner/name", found ${found}`,
    );
  }
  return { author, repository };
}
