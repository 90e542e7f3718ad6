import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { bundledImports } from "./bundle-command.ts";

const SOURCES = fileURLToPath(new URL("../../src", import.meta.url));
const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));

/**
 * Lists the files that are loaded with others, whatever happens then: what stands in an `import()` is not.
 *
 * @param entries Files of the command line, from its `src`.
 * @returns Paths from the root of the workspace.
 */
export function staticallyLoaded(entries: readonly string[]): readonly string[] {
  const imports = bundledImports();
  const open = entries.map((entry) => relative(ROOT, join(SOURCES, entry)));
  const loaded = new Set(open);
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    for (const { path: next, kind } of imports[path] ?? []) {
      if (kind === "dynamic-import" || loaded.has(next)) continue;
      loaded.add(next);
      open.push(next);
    }
  }
  return [...loaded];
}

/** The folder of the workspace, or the package, that a file belongs to. */
export function memberOf(path: string): string {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
  return name ?? dirname(path).split("/").slice(0, 2).join("/");
}
