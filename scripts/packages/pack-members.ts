import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { absoluteLinks } from "../release/absolute-links.ts";
import type { ProjectOrigin } from "../release/project-origin.ts";
import { withOrigin } from "../release/with-origin.ts";
import type { Manifest, Member } from "../shared/read-members.ts";
import type { Run } from "./consumer.ts";
import type { PackedPackage } from "./packed-package.ts";

/** How packing went. */
export interface Packing {
  readonly packed: readonly PackedPackage[];
  /** Why there are not as many of them as members. */
  readonly problems: readonly string[];
}

/** What packing needs. */
export interface PackTools {
  /** The command that runs pnpm. */
  readonly pnpm: readonly string[];
  /** Where the packages come from. */
  readonly origin: ProjectOrigin;
  /** Runs a command in a folder. */
  readonly run: Run;
}

/**
 * Packs members as they are published: as pnpm packs them, with where they come from in their package.json, and a README
 * whose links lead into the repository. One pnpm packs them all: its start takes as long as ten packages.
 *
 * @param members The members; they are built already.
 * @param root The workspace.
 * @param target An empty folder to pack into.
 */
export async function packMembers(
  members: readonly Member[],
  root: string,
  target: string,
  { pnpm, origin, run }: PackTools,
): Promise<Packing> {
  const filters = members.flatMap(({ folder }) => ["--filter", `./${folder}`]);
  const pack = await run([...pnpm, "--recursive", ...filters, "pack", "--pack-destination", target, "--json"], root);
  if (pack.status !== 0) return { packed: [], problems: [`pnpm pack: ${pack.output.trim()}`] };
  // Where it packs one, it says so without a list around it.
  const said = pack.output.matchAll(/"name": "([^"\n]+)",\s+"version": "[^"\n]+",\s+"filename": "([^"\n]+)"/g);
  const tarballs = new Map([...said].map(([, name = "", filename = ""]) => [name, filename]));
  const packed: PackedPackage[] = [];
  const problems: string[] = [];
  for (const member of members) {
    const { name } = member.manifest;
    const tarball = tarballs.get(name);
    const opened = join(target, "opened", name);
    const problem =
      tarball === undefined ? "pnpm did not pack it" : await edit(member, tarball, opened, { origin, run });
    if (tarball === undefined || problem !== undefined) problems.push(`${name}: ${problem}`);
    else packed.push({ member, tarball, opened: join(opened, "package") });
  }
  return { packed, problems };
}

/** Edits what stands in a packed file; resolves to why it could not. */
async function edit(
  { folder }: Member,
  tarball: string,
  opened: string,
  { origin, run }: Omit<PackTools, "pnpm">,
): Promise<string | undefined> {
  await mkdir(opened, { recursive: true });
  const unpack = await run(["tar", "-xzf", tarball, "-C", opened], opened);
  if (unpack.status !== 0) return `cannot unpack ${tarball}: ${unpack.output.trim()}`;
  await editFile(join(opened, "package/package.json"), (text) => {
    const manifest = withOrigin(JSON.parse(text) as Manifest, folder, origin);
    return `${JSON.stringify(manifest, undefined, 2)}\n`;
  });
  await editFile(join(opened, "package/README.md"), (text) => absoluteLinks(text, folder, origin.repository));
  const again = await run(["tar", "-czf", tarball, "-C", opened, "package"], opened);
  return again.status === 0 ? undefined : `cannot pack again: ${again.output.trim()}`;
}

async function editFile(path: string, change: (text: string) => string): Promise<void> {
  await writeFile(path, change(await readFile(path, "utf8")));
}
