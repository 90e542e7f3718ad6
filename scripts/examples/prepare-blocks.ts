import { globSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { importAll } from "../packages/consumer.ts";
import type { Manifest } from "../shared/read-members.ts";
import { blockFile, type BlockRunner, blockRunner, importedLibraries, isRun } from "./block-runner.ts";
import { type FencedBlock, parseFencedBlocks } from "./fenced-blocks.ts";
import { isShellBlock } from "./shell-commands.ts";
import { TYPE_OPTIONS } from "./type-options.ts";

/** A program that imports every entry of every package. */
export const ENTRIES_FILE = "import-all.ts";
/** What the compiler is given: one project for each runtime whose types change those of another. */
export const PROJECTS: readonly string[] = ["tsconfig.json", "tsconfig.bun.json"];
const DOCUMENTS = [
  "*.md",
  "docs/*.md",
  "examples/*.md",
  "{apps,packages,examples}/*/*.md",
  "{apps,packages}/*/src/**/*.ts",
];
const LANGUAGES: ReadonlySet<string> = new Set(["ts", "js"]);

/** Finds every fenced example that is a program or commands of a shell, wherever this repository shows one. */
export async function findBlocks(root: string): Promise<FencedBlock[]> {
  const files = globSync(DOCUMENTS, { cwd: root }).filter((file) => !/\.test\.ts$|CHANGELOG/.test(file));
  const blocks = await Promise.all(
    files.toSorted().map(async (file) => parseFencedBlocks(await readFile(join(root, file), "utf8"), file)),
  );
  return blocks.flat().filter((block) => isShellBlock(block) || LANGUAGES.has(block.language));
}

/**
 * Writes each block into a file of its own, in a package that has what they import.
 *
 * @param folder The package; it is made.
 * @param manifests The package.json of each package that is published.
 * @param versions In which version to install another library.
 * @throws {Error} A block imports a library that nobody in the workspace has.
 */
export async function prepareBlocks(
  folder: string,
  blocks: readonly FencedBlock[],
  manifests: readonly Manifest[],
  versions: ReadonlyMap<string, string>,
): Promise<void> {
  await mkdir(folder);
  const runnable = blocks.filter(isRun);
  await Promise.all(runnable.map((block) => writeFile(join(folder, blockFile(block)), block.text)));
  await writeFile(join(folder, ENTRIES_FILE), importAll(manifests));
  const dependencies = Object.fromEntries(manifests.map(({ name }) => [name, "latest"]));
  const peers = manifests.flatMap(({ peerDependencies = {} }) => Object.keys(peerDependencies));
  for (const name of ["@types/node", ...peers, ...runnable.flatMap(importedLibraries)]) {
    dependencies[name] ??= versions.get(name) ?? missing(name, runnable);
  }
  await writeFile(
    join(folder, "package.json"),
    JSON.stringify({
      name: "blocks",
      private: true,
      type: "module",
      dependencies: { ...dependencies, "@types/bun": "^1.4.5" },
    }),
  );
  // The types of one runtime change those of another; `deno test` checks types itself.
  const files = (runner: BlockRunner): string[] =>
    runnable.filter((block) => blockRunner(block) === runner).map(blockFile);
  const [nodeProject = "", bunProject = ""] = PROJECTS;
  const project = (types: readonly string[], which: object): string =>
    JSON.stringify({ compilerOptions: { ...TYPE_OPTIONS, types }, ...which });
  const others = [...files("bun test"), ...files("deno test")];
  await writeFile(join(folder, nodeProject), project(["node"], { include: ["*.ts"], exclude: others }));
  await writeFile(join(folder, bunProject), project(["bun"], { files: files("bun test") }));
}

function missing(name: string, blocks: readonly FencedBlock[]): never {
  const from = blocks.find((block) => importedLibraries(block).includes(name));
  throw new Error(`${from?.file}:${from?.line}: cannot run it: no member of the workspace has "${name}"`);
}
