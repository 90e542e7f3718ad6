import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type FencedBlock, parseFencedBlocks } from "./fenced-blocks.ts";
import type { Outcome } from "./report.ts";
import type { RunWith } from "./run-with.ts";

/** What somebody does who has nothing but the README: installs, writes files, runs commands. */
export interface Story {
  readonly name: string;
  /** What is installed, by name. */
  readonly libraries: readonly string[];
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** The blocks of commands, with how each ends and what it then has printed. */
  readonly commands: readonly { readonly text: string; readonly status: number; readonly words: string }[];
  /** What the commands print, among other things. */
  readonly printed: readonly string[];
}

const README = "README.md";
const INSTALL = /^npm install\b(?<arguments>.*)$/gm;

/** Reads the stories of the README. */
export async function findStories(root: string): Promise<Story[]> {
  return parseStories(parseFencedBlocks(await readFile(join(root, README), "utf8"), README));
}

/**
 * Puts the blocks of a document together that tell one story.
 *
 * @param blocks Those of the document; what belongs to no story is passed over.
 */
export function parseStories(blocks: readonly FencedBlock[]): Story[] {
  const told = blocks.flatMap(({ mark, text }) => (mark?.kind === "story" ? [{ ...mark, text }] : []));
  return [...Map.groupBy(told, ({ story }) => story)].map(([name, parts]) => ({
    name,
    libraries: parts.flatMap(({ part, text }) => (part === "install" ? installedLibraries(text) : [])),
    files: parts.flatMap(({ part, path, text }) => (part === "file" ? [{ path, text }] : [])),
    commands: parts.flatMap(({ part, status, words, text }) => (part === "run" ? [{ text, status, words }] : [])),
    printed: parts.flatMap(({ part, text }) => (part === "prints" ? [text] : [])),
  }));
}

const installedLibraries = (commands: string): string[] =>
  [...commands.matchAll(INSTALL)].flatMap(({ groups }) =>
    (groups?.["arguments"] ?? "").split(/\s+/).filter((word) => word !== "" && !word.startsWith("-")),
  );

/**
 * Writes the package in which a story happens.
 *
 * @param folder The package; it is made.
 * @param story The story.
 * @param versionOf In which version to install a library.
 */
export async function prepareStory(folder: string, story: Story, versionOf: (name: string) => string): Promise<void> {
  await mkdir(folder);
  const dependencies = Object.fromEntries(story.libraries.map((name) => [name, versionOf(name)]));
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: story.name, private: true, dependencies }));
  await Promise.all(story.files.map(({ path, text }) => writeFile(join(folder, path), text)));
}

/** Runs the commands of a story, each in a shell, as it would be pasted. */
export async function checkStory(
  { name, commands, printed }: Story,
  { folder, path, run }: { readonly folder: string; readonly path: string; readonly run: RunWith },
): Promise<Outcome> {
  const problems: string[] = [];
  const outputs: string[] = [];
  for (const { text, status: expected, words } of commands) {
    const { status, output } = await run(["bash", "-uo", "pipefail", "-c", text], folder, {
      PATH: `${join(folder, "node_modules/.bin")}:${path}`,
    });
    outputs.push(output);
    if (status !== expected) problems.push(`${text.trim()} ended with ${status}, expected ${expected}\n${output}`);
    else if (!output.includes(words)) problems.push(`${text.trim()} did not print "${words}"\n${output}`);
  }
  const all = outputs.join("\n");
  for (const text of printed) if (!all.includes(text)) problems.push(`it did not print\n${text}\nbut\n${all}`);
  return { name: `the story "${name}" of the README`, problems, note: `${commands.length} blocks of commands` };
}
