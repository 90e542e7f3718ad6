import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { readOrigin } from "../release/project-origin.ts";
import { formatPage, type PageOptions } from "./format-page.ts";
import { renderDocument } from "./render-document.ts";
import type { Section } from "./section.ts";
import { listSitePages } from "./site-pages.ts";

/**
 * Writes the pages of the site, its style and its search.
 *
 * @param root The workspace.
 * @param output Folder of the site; it is made where it is missing.
 * @returns How many pages there are.
 */
export async function buildSite(root: string, output: string, options: PageOptions): Promise<number> {
  const pages = await listSitePages(root);
  const { repository } = await readOrigin(root);
  const documents = await Promise.all(
    pages.map(async (page) => ({
      page,
      document: renderDocument(await readFile(join(root, page.source), "utf8"), page, { pages, repository }),
    })),
  );
  for (const { page, document } of documents) {
    await write(join(output, page.path), formatPage(document, page, options));
    for (const asset of document.assets) await cp(join(root, asset), join(output, asset));
  }
  await write(join(output, "site.js"), await bundleScript(documents.flatMap(({ document }) => document.sections)));
  await cp(fileURLToPath(new URL("site.css", import.meta.url)), join(output, "site.css"));
  return pages.length;
}

async function bundleScript(sections: readonly Section[]): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("page-script.ts", import.meta.url))],
    bundle: true,
    format: "iife",
    minify: true,
    charset: "utf8",
    write: false,
    define: { SECTIONS: JSON.stringify(sections) },
  });
  return outputFiles.map(({ text }) => text).join("\n");
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
