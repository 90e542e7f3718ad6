import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Member } from "../shared/read-members.ts";

/**
 * Lists the modules that the published members export, as their `deno.json` names them.
 *
 * @param root The workspace.
 * @param members Its members.
 * @returns Paths from the root.
 */
export async function listApiEntries(root: string, members: readonly Member[]): Promise<readonly string[]> {
  const published = members.filter(({ manifest }) => manifest.private !== true);
  const lists = published.map(async ({ folder }) => {
    const { exports } = JSON.parse(await readFile(join(root, folder, "deno.json"), "utf8")) as {
      readonly exports: string | Readonly<Record<string, string>>;
    };
    const paths = typeof exports === "string" ? [exports] : Object.values(exports);
    return paths.filter((path) => path.endsWith(".ts")).map((path) => join(folder, path));
  });
  return (await Promise.all(lists)).flat();
}
