import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
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

/** What is installed or built is no source. */
const FOREIGN_FOLDER = /^(?:\..*|node_modules|dist)$/;
const SOURCE_ENDING = /\.[cm]?[jt]sx?$/;
const TEST_ENDING = /\.test\.[cm]?[jt]sx?$/;

/**
 * Reads the source files of a member.
 *
 * @param root The folder of the workspace.
 * @param member One of its members.
 * @returns The member with its files, sorted by path.
 * @throws {SyntaxError} A file cannot be parsed.
 */
export async function readSourceMember(root: string, member: Member): Promise<SourceMember> {
  const folder = join(root, member.folder);
  const paths = (await listSources(folder, "")).toSorted();
  const files = await Promise.all(
    paths.map(async (path) => ({
      path,
      imports: parseImports(await readFile(join(folder, path), "utf8"), `${member.folder}/${path}`),
    })),
  );
  return { ...member, files };
}

/** Says whether a file is part of what is published: all of `src` but its tests. */
export function isPublished({ path }: SourceFile): boolean {
  return path.startsWith("src/") && !TEST_ENDING.test(path);
}

/** Lists source files with their paths from the folder; `inside` is where it has got to, with a slash at its end. */
async function listSources(folder: string, inside: string): Promise<string[]> {
  const entries = await readdir(join(folder, inside), { withFileTypes: true });
  const lists = entries.map((entry) => {
    const path = `${inside}${entry.name}`;
    if (entry.isDirectory()) return FOREIGN_FOLDER.test(entry.name) ? [] : listSources(folder, `${path}/`);
    return entry.isFile() && SOURCE_ENDING.test(entry.name) ? [path] : [];
  });
  return (await Promise.all(lists)).flat();
}
