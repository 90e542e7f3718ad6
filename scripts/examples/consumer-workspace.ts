import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { PackedPackage } from "../packages/packed-package.ts";
import type { Manifest } from "../shared/read-members.ts";

/** What pnpm-workspace.yaml says of packages that have a script at install. */
const BUILDS: Readonly<Record<string, boolean>> = { esbuild: true, workerd: true, msw: false, sharp: false };

interface Catalogs {
  readonly catalog?: Readonly<Record<string, string>>;
  readonly catalogs?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * Writes the workspace that the examples are installed in: every package of this repository that is asked for, by whomever,
 * is the packed one.
 *
 * @param folder Where the members are already.
 * @param members Their folders in it.
 * @param packages What takes their place.
 * @param root The workspace of this repository, whose catalogs they may use.
 */
export async function writeConsumerWorkspace(
  folder: string,
  members: readonly string[],
  { packages, root }: { readonly packages: readonly PackedPackage[]; readonly root: string },
): Promise<void> {
  const overrides = Object.fromEntries(
    packages.map(({ member, tarball }) => [member.manifest.name, `file:${tarball}`]),
  );
  const { catalog, catalogs } = parse(await readFile(join(root, "pnpm-workspace.yaml"), "utf8")) as Catalogs;
  const workspace = {
    packages: members,
    catalog,
    catalogs,
    overrides,
    allowBuilds: BUILDS,
    // Claude Code is not downloaded with its SDK: it is the one that is there, or none.
    ignoredOptionalDependencies: ["@anthropic-ai/claude-agent-sdk-*"],
    pmOnFail: "ignore",
  };
  await writeFile(join(folder, "pnpm-workspace.yaml"), stringify(workspace));
  await writeFile(join(folder, "package.json"), `${JSON.stringify({ name: "consumer", private: true })}\n`);
}

/**
 * Finds in which version the members of a workspace have a library, so that what is run beside them has it in the same.
 *
 * @param manifests The package.json of each member.
 * @returns Library → version, as it is written there; it may be one of a catalog.
 */
export function libraryVersions(manifests: readonly Manifest[]): ReadonlyMap<string, string> {
  const all = manifests.flatMap(({ dependencies, devDependencies }) =>
    Object.entries({ ...dependencies, ...devDependencies }),
  );
  return new Map(all.filter(([, version]) => !version.startsWith("workspace:")));
}

/** Names the folders of a folder, in their order. */
export async function listFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && entry.name !== "node_modules")
    .map(({ name }) => name)
    .toSorted();
}
