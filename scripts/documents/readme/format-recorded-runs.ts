import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** The release of cases that do not name one. */
const FIRST_RELEASE = "2.1.329";

/**
 * Counts the runs of Claude Code with which the tests compare plans.
 *
 * @param root The workspace.
 * @returns A sentence.
 */
export async function formatRecordedRuns(root: string): Promise<string> {
  const folder = join(root, "fixtures/configuration");
  const files = (await readdir(folder)).filter((name) => name.endsWith(".jsonl"));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), "utf8")));
  const releases = texts.flatMap((text) =>
    text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => (JSON.parse(line) as { readonly clientVersion?: string }).clientVersion ?? FIRST_RELEASE),
  );
  const counts = [...Map.groupBy(releases, (release) => release)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const each = counts.map(([release, runs]) => `${runs.length.toLocaleString("en")} of Claude Code ${release}`);
  return `The tests hold ${releases.length.toLocaleString("en")} recorded runs, ${each.join(" and ")}; each agrees with its plan, field by field.`;
}
