import { existsSync } from "node:fs";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Manifest, readMembers } from "../shared/read-members.ts";

/** A library as it is installed here. */
export interface InstalledDependency {
  /** Its name in a package.json. */
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** Size of its own files, in bytes. */
  readonly bytes: number;
  /** Scripts that its package.json asks to be run when it is installed, such as `postinstall`. */
  readonly scripts: readonly string[];
  /** Whether a published package asks for it, be it as an optional peer. */
  readonly isPublished: boolean;
}

const ON_INSTALL = ["preinstall", "install", "postinstall"] as const;

type Installed = Manifest & { readonly scripts?: Readonly<Record<string, string>> };

const known = new Map<string, Promise<readonly InstalledDependency[]>>();

/**
 * Reads every library that a package.json of the workspace names, from where it is installed. It is read once: nothing is
 * installed while a script runs.
 *
 * @param root The workspace.
 * @returns Each name once, sorted; what is for one kind of machine alone, an optional dependency, is left out.
 */
export function readDependencies(root: string): Promise<readonly InstalledDependency[]> {
  const reading = known.get(root) ?? readInstalledOf(root);
  known.set(root, reading);
  return reading;
}

async function readInstalledOf(root: string): Promise<readonly InstalledDependency[]> {
  const own = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as Manifest;
  const members = [{ folder: ".", manifest: { ...own, private: true } }, ...(await readMembers(root))];
  const names = new Set(members.map(({ manifest }) => manifest.name));
  const found = new Map<string, InstalledDependency>();
  for (const { folder, manifest } of members) {
    const published = manifest.private === true ? {} : { ...manifest.dependencies, ...manifest.peerDependencies };
    const asked = { ...published, ...manifest.devDependencies, ...manifest.dependencies };
    for (const name of Object.keys(asked)) {
      const path = join(root, folder, "node_modules", name);
      if (names.has(name) || !existsSync(path)) continue;
      const isPublished = Object.hasOwn(published, name) || found.get(name)?.isPublished === true;
      found.set(name, { ...(await readInstalled(name, await realpath(path))), isPublished });
    }
  }
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

async function readInstalled(name: string, path: string): Promise<Omit<InstalledDependency, "isPublished">> {
  const {
    version = "",
    license = "",
    scripts = {},
  } = JSON.parse(await readFile(join(path, "package.json"), "utf8")) as Installed;
  return { name, version, license, bytes: await sizeOf(path), scripts: ON_INSTALL.filter((event) => event in scripts) };
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true });
  const sizes = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === "node_modules" ? 0 : sizeOf(path);
      return entry.isFile() ? (await stat(path)).size : 0;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
