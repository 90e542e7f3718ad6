import { readdir } from "node:fs/promises";
import { posix } from "node:path";
import { readMembers } from "../shared/read-members.ts";

/** A document that becomes a page. */
export interface SitePage {
  /** The document, from the root of the workspace. */
  readonly source: string;
  /** The page, from the root of the site. */
  readonly path: string;
}

const AT_ROOT = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"];

/**
 * Lists the documents that the site shows: those of the root and of `docs`, and the README of each published member.
 *
 * @param root The workspace.
 */
export async function listSitePages(root: string): Promise<readonly SitePage[]> {
  const documents = (await readdir(`${root}/docs`)).filter((name) => name.endsWith(".md")).toSorted();
  const members = (await readMembers(root)).filter(({ manifest }) => manifest.private !== true);
  const sources = [
    ...AT_ROOT,
    ...documents.map((name) => `docs/${name}`),
    ...members.map(({ folder }) => `${folder}/README.md`),
  ];
  return sources.map((source) => ({ source, path: pagePath(source) }));
}

function pagePath(source: string): string {
  const { dir, name } = posix.parse(source);
  return posix.join(dir, name === "README" ? "index.html" : `${name}.html`);
}
