import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { absoluteLinks } from "../release/absolute-links.ts";
import type { ProjectOrigin } from "../release/project-origin.ts";
import { withOrigin } from "../release/with-origin.ts";
import type { Manifest, Member } from "../shared/read-members.ts";
import type { Run } from "./consumer.ts";

/** How packing went. */
export type Packing = { readonly tarball: string } | { readonly problem: string };

/**
 * Packs a member as it is published: as pnpm packs it, with where it comes from in its package.json, and a README whose
 * links lead into the repository.
 *
 * @param member The member; it is built already.
 * @param root The workspace.
 * @param target An empty folder to pack into.
 * @param pnpm The command that runs pnpm.
 * @param origin Where the packages come from.
 * @param run Runs a command in a folder.
 * @returns Path of the packed file, or why there is none.
 */
export async function packMember(
  { folder, manifest: { name } }: Member,
  root: string,
  target: string,
  { pnpm, origin, run }: { readonly pnpm: readonly string[]; readonly origin: ProjectOrigin; readonly run: Run },
): Promise<Packing> {
  const pack = await run([...pnpm, "pack", "--pack-destination", target, "--json"], join(root, folder));
  const packed = /"filename": "([^"\n]+)"/.exec(pack.output)?.[1];
  if (pack.status !== 0 || packed === undefined) return { problem: `pnpm pack: ${pack.output.trim()}` };
  const opened = join(target, "opened");
  await mkdir(opened);
  const unpack = await run(["tar", "-xzf", packed, "-C", opened], root);
  if (unpack.status !== 0) return { problem: `${name}: cannot unpack ${packed}: ${unpack.output.trim()}` };
  await edit(join(opened, "package/package.json"), (text) => {
    const manifest = withOrigin(JSON.parse(text) as Manifest, folder, origin);
    return `${JSON.stringify(manifest, undefined, 2)}\n`;
  });
  await edit(join(opened, "package/README.md"), (text) => absoluteLinks(text, folder, origin.repository));
  const tarball = `${packed}.new`;
  const again = await run(["tar", "-czf", tarball, "-C", opened, "package"], root);
  if (again.status !== 0) return { problem: `${name}: cannot pack again: ${again.output.trim()}` };
  await rename(tarball, packed);
  return { tarball: packed };
}

async function edit(path: string, change: (text: string) => string): Promise<void> {
  await writeFile(path, change(await readFile(path, "utf8")));
}
