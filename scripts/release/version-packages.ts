import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Run } from "../packages/consumer.ts";
import { readMembers } from "../shared/read-members.ts";
import { withVersion } from "./with-version.ts";

/**
 * Uses up the changesets of a workspace: each package that they name, and each that depends on it, gets its next version
 * and its changelog, and its deno.json follows.
 *
 * @param root The workspace.
 * @param flags Further flags of `changeset version`, such as `--snapshot`.
 * @param run Runs a command in a folder.
 * @returns Exit status of changesets, and a line for each thing that was done.
 */
export async function versionPackages(
  root: string,
  flags: readonly string[],
  run: Run,
): Promise<{ readonly status: number; readonly output: string }> {
  const { status, output } = await run(["changeset", "version", ...flags], root);
  if (status !== 0) return { status, output };
  const lines: string[] = [];
  for (const { folder, manifest } of await readMembers(root)) {
    const path = join(root, folder, "deno.json");
    if (manifest.version === undefined || !existsSync(path)) continue;
    const text = await readFile(path, "utf8");
    const changed = withVersion(text, manifest.version);
    if (changed === text) continue;
    await writeFile(path, changed);
    lines.push(`${folder}/deno.json: ${manifest.version}\n`);
  }
  return { status, output: output + lines.join("") };
}
