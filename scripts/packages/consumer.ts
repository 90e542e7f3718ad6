import { existsSync } from "node:fs";
import { mkdir, readFile, realpath, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { CommandResult } from "../shared/run-command.ts";
import type { Manifest } from "../shared/read-members.ts";
import { isModule, parseEntries, parsePrograms } from "./package-manifests.ts";
import type { PackedPackage } from "./packed-package.ts";

/** Runs a program of the workspace in a folder. */
export type Run = (command: readonly string[], folder: string) => Promise<CommandResult>;

const ENTRY_FILE = "import-all.ts";

/** How the entries are loaded on each runtime. */
const RUNTIMES = {
  bun: ["bun", ENTRY_FILE],
  deno: ["deno", "run", "-A", "--no-lock", "--node-modules-dir=manual", ENTRY_FILE],
  node: ["node", ENTRY_FILE],
} as const;

const TYPE_OPTIONS = {
  noEmit: true,
  strict: true,
  module: "nodenext",
  lib: ["es2024", "dom", "dom.iterable", "dom.asynciterable"],
  types: ["node"],
  // The declarations themselves are what is checked, but not those of the language: they took a third of the time.
  skipLibCheck: false,
  skipDefaultLibCheck: true,
};

/**
 * Installs the packed packages together in an empty project, as a user would, and links the libraries that they depend
 * on from the workspace, so that no network is needed.
 *
 * @param folder An empty folder.
 * @param root The workspace.
 * @returns What is wrong with what was installed.
 */
export async function installPacked(
  packages: readonly PackedPackage[],
  folder: string,
  root: string,
  run: Run,
): Promise<string[]> {
  const problems = await Promise.all(packages.map((packed) => installOne(packed, packages, folder, root, run)));
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  await writeFile(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions: TYPE_OPTIONS, files: [ENTRY_FILE] }),
  );
  await writeFile(join(folder, ENTRY_FILE), importAll(packages.map(({ member }) => member.manifest)));
  return problems.flat();
}

/**
 * Writes a program that imports every entry.
 *
 * @param manifests The package.json of each package, packed or not.
 */
export function importAll(manifests: readonly Manifest[]): string {
  const specifiers = manifests.flatMap(({ name, exports }) =>
    parseEntries(exports)
      .filter(isModule)
      .map(({ subpath }) => `${name}${subpath.slice(1)}`),
  );
  const imports = specifiers.map((specifier, index) => `import * as entry${index} from ${JSON.stringify(specifier)};`);
  const names = specifiers.map((_, index) => `entry${index}`);
  return [...imports, `console.log([${names.join(", ")}].length);`, ""].join("\n");
}

/** Imports every entry on each runtime, and type-checks the import with the newest and the oldest TypeScript that will do. */
export async function useInstalled(folder: string, root: string, run: Run): Promise<string[]> {
  const problems: string[] = [];
  for (const [runtime, command] of Object.entries(RUNTIMES)) {
    const { status, output } = await run(command, folder);
    if (status !== 0) problems.push(`the packed entries cannot all be imported on ${runtime}:\n${output.trim()}`);
  }
  await link(join(root, "node_modules/@types/node"), join(folder, "node_modules/@types/node"));
  for (const name of COMPILERS) {
    const compiler = join(root, "node_modules", name, "bin/tsc");
    const { status, output } = await run(["node", compiler, "-p", folder, "--pretty", "false"], folder);
    const own = output.split("\n").filter((line) => line.startsWith("node_modules/") || line.startsWith(ENTRY_FILE));
    if (status !== 0 && own.length > 0)
      problems.push(`the packed declarations do not hold with ${name}:\n${own.join("\n")}`);
  }
  return problems;
}

/** The TypeScript that everything here is checked with, and the oldest that the packages are for. */
const COMPILERS = ["typescript", "typescript-least"];

async function installOne(
  { member, tarball }: PackedPackage,
  packages: readonly PackedPackage[],
  folder: string,
  root: string,
  run: Run,
): Promise<string[]> {
  const target = join(folder, "node_modules", member.manifest.name);
  await mkdir(target, { recursive: true });
  const { status, output } = await run(["tar", "-xzf", tarball, "-C", target, "--strip-components=1"], folder);
  if (status !== 0) return [`${member.manifest.name}: cannot unpack ${tarball}: ${output.trim()}`];

  const packed = JSON.parse(await readFile(join(target, "package.json"), "utf8")) as Manifest;
  const siblings = new Set(packages.map((other) => other.member.manifest.name));
  const wanted = { ...packed.dependencies, ...packed.optionalDependencies, ...packed.peerDependencies };
  const problems: string[] = [];
  for (const name of Object.keys(wanted).filter((library) => !siblings.has(library))) {
    const installed = join(root, member.folder, "node_modules", name);
    if (existsSync(installed)) await link(installed, join(target, "node_modules", name));
    else if (packed.peerDependenciesMeta?.[name]?.optional !== true) {
      problems.push(`${packed.name}: "${name}" is not installed in ${member.folder}`);
    }
  }
  for (const path of Object.values(parsePrograms(packed, packed.bin))) {
    const text = await readFile(join(target, path), "utf8").catch(() => "");
    if (!text.startsWith("#!")) problems.push(`${packed.name}: program ${path} does not begin with #!`);
  }
  return problems;
}

async function link(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await symlink(await realpath(from), to);
}
