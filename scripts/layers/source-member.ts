import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { Member } from "../shared/read-members.ts";
import { type ModuleImport, parseImports } from "./parse-imports.ts";

/** A source file with what it imports. */
export interface SourceFile {
  /** From the member's folder, such as `src/index.ts`. */
  readonly path: string;
  readonly imports: readonly ModuleImport[];
}

/** A member with its source files. */
export interface SourceMember extends Member {
  readonly files: readonly SourceFile[];
}

const SOURCE_FOLDERS = ["src", "test", "bench", "scripts"];
const SOURCE_ENDING = /\.[cm]?[jt]sx?$/;
const TEST_ENDING = /\.test\.[cm]?[jt]sx?$/;

/** Reads the source files of a member, sorted by path. */
export async function readSourceMember(root: string, member: Member): Promise<SourceMember> {
  const folder = join(root, member.folder);
  const lists = await Promise.all(SOURCE_FOLDERS.map((name) => listFiles(join(folder, name))));
  const top = (await readdir(folder)).filter((name) => SOURCE_ENDING.test(name)).map((name) => join(folder, name));
  const files = await Promise.all(
    [...top, ...lists.flat()].toSorted().map(async (path) => ({
      path: relative(folder, path).split(sep).join("/"),
      imports: parseImports(await readFile(path, "utf8"), path),
    })),
  );
  return { ...member, files };
}

/** Says whether a file is part of what is published: all of `src` but its tests. */
export function isPublished({ path }: SourceFile): boolean {
  return path.startsWith("src/") && !TEST_ENDING.test(path);
}

async function listFiles(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && SOURCE_ENDING.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}
