import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import type { PackedPackage } from "../packages/packed-package.ts";
import type { Manifest } from "../shared/read-members.ts";

/** What pnpm-workspace.yaml says of packages that have a script at install. */
const BUILDS: Readonly<Record<string, boolean>> = { esbuild: true, workerd: true, msw: false, sharp: false };

/**
 * Writes the workspace that the examples are installed in: every package of this repository that is asked for, by whomever,
 * is the packed one.
 *
 * @param folder Where the members are already.
 * @param members Their folders in it.
 */
export async function writeConsumerWorkspace(
  folder: string,
  members: readonly string[],
  packages: readonly PackedPackage[],
): Promise<void> {
  const overrides = Object.fromEntries(
    packages.map(({ member, tarball }) => [member.manifest.name, `file:${tarball}`]),
  );
  const workspace = {
    packages: members,
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
 * @param root The workspace.
 * @param manifests The package.json of each member.
 * @param catalog What `catalog:` stands for.
 * @returns Library → version.
 */
export function libraryVersions(
  manifests: readonly Manifest[],
  catalog: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const versions = new Map<string, string>();
  for (const manifest of manifests) {
    for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
      if (version.startsWith("workspace:")) continue;
      versions.set(name, version === "catalog:" ? (catalog[name] ?? version) : version);
    }
  }
  return versions;
}

/** Names the folders of a folder, in their order. */
export async function listFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && entry.name !== "node_modules")
    .map(({ name }) => name)
    .toSorted();
}

/** Reads a JSON file. */
export async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, "utf8")) as T;
}
