import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** What the scripts read of a package.json. */
export interface Manifest {
  readonly name: string;
  readonly version?: string;
  readonly license?: string;
  readonly description?: string;
  readonly private?: boolean;
  readonly exports?: unknown;
  readonly bin?: unknown;
  readonly publishConfig?: { readonly exports?: unknown; readonly bin?: unknown };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** A package of the workspace. */
export interface Member {
  /** Its folder from the root, such as `packages/auth`. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Reads the members that pnpm-workspace.yaml lists, in the order of their folders. */
export async function readMembers(root: string): Promise<Member[]> {
  const patterns = parseWorkspacePatterns(await readFile(join(root, "pnpm-workspace.yaml"), "utf8"));
  const folders = (await Promise.all(patterns.map((pattern) => expandPattern(root, pattern)))).flat().toSorted();
  return Promise.all(
    folders
      .filter((folder) => existsSync(join(root, folder, "package.json")))
      .map(async (folder) => ({
        folder,
        manifest: JSON.parse(await readFile(join(root, folder, "package.json"), "utf8")) as Manifest,
      })),
  );
}

/** Reads the list under `packages:`; only the block form of YAML, one pattern a line. */
export function parseWorkspacePatterns(yaml: string): string[] {
  const lines = yaml.split("\n");
  const start = lines.findIndex((line) => line.trimEnd() === "packages:");
  const patterns: string[] = [];
  for (const line of lines.slice(start + 1)) {
    const text = line.trim();
    if (text === "" || text.startsWith("#")) continue;
    if (start === -1 || !text.startsWith("- ")) break;
    patterns.push(text.slice(2).trim().replaceAll(/["']/g, ""));
  }
  return patterns;
}

async function expandPattern(root: string, pattern: string): Promise<string[]> {
  if (!pattern.endsWith("/*")) return [pattern];
  const parent = pattern.slice(0, -2);
  const entries = await readdir(join(root, parent), { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map((entry) => `${parent}/${entry.name}`);
}
