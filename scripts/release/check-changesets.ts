import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const UNPUBLISHED = "0.0.0";
const FRONT_MATTER = /^---\n([\s\S]*?)\n---\n/;
const BUMP = /^"?([^"\n]+)"?: *(?:major|minor|patch)$/gm;
/** Spans of code: `now` is an option, too. */
const CODE = /`[^`]*`/g;
/** Words that speak of an earlier version. */
const EARLIER = /\b(?:now|no longer|used to|any ?more|(?:as|were|was) before|renamed)\b/i;

/** What a changeset is called, and what it holds. */
export interface Changeset {
  readonly file: string;
  readonly text: string;
}

/** Reads the changesets of a workspace. */
export async function readChangesets(root: string): Promise<Changeset[]> {
  const folder = join(root, ".changeset");
  const files = (await readdir(folder)).filter((file) => file.endsWith(".md"));
  return Promise.all(files.map(async (file) => ({ file, text: await readFile(join(folder, file), "utf8") })));
}

/**
 * Checks that a changeset of a package that was never published compares it with nothing: whoever reads its first entry knows
 * no earlier version.
 *
 * @param versions The version of each package, by its name.
 * @returns What is wrong.
 */
export function checkChangesets(
  changesets: readonly Changeset[],
  versions: Readonly<Record<string, string | undefined>>,
): string[] {
  return changesets.flatMap(({ file, text }) => {
    const [head = "", bumps = ""] = FRONT_MATTER.exec(text) ?? [];
    const unpublished = [...bumps.matchAll(BUMP)].flatMap(([, name = ""]) =>
      versions[name] === UNPUBLISHED ? [name] : [],
    );
    const [found] = EARLIER.exec(text.slice(head.length).replaceAll(CODE, "")) ?? [];
    if (found === undefined || unpublished.length === 0) return [];
    return [
      `.changeset/${file}: "${found}" speaks of an earlier version, and of ${unpublished.join(", ")} there is none: ` +
        "say what it is, not what became of it",
    ];
  });
}
