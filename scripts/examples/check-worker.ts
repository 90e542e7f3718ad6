import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readJson } from "../shared/read-json.ts";
import type { Manifest } from "../shared/read-members.ts";
import type { Outcome } from "./report.ts";
import type { RunWith } from "./run-with.ts";

const PROGRAM = "apps/end-to-end/test/worker/answer-questions.ts";
const COMPARISON = "scripts/examples/worker/compare.mjs";

/**
 * Writes a package that asks the packages that workers are promised the same questions in Node and in workerd.
 *
 * @param folder The package; it is made.
 * @param root The workspace.
 * @param manifests The package.json of each package that is published.
 */
export async function prepareWorker(folder: string, root: string, manifests: readonly Manifest[]): Promise<void> {
  await mkdir(folder);
  for (const file of [PROGRAM, COMPARISON])
    await cp(join(root, file), join(folder, file.slice(file.lastIndexOf("/") + 1)));
  const { devDependencies = {} } = await readJson<Manifest>(join(root, "examples/worker/package.json"));
  const { esbuild, miniflare } = devDependencies;
  const dependencies = { ...Object.fromEntries(manifests.map(({ name }) => [name, "latest"])), esbuild, miniflare };
  await writeFile(
    join(folder, "package.json"),
    JSON.stringify({ name: "in-workerd", private: true, type: "module", dependencies }),
  );
}

/** Compares what workerd answers with what Node answers. */
export async function checkWorker(folder: string, run: RunWith): Promise<Outcome> {
  const { status, output } = await run(["node", "compare.mjs"], folder);
  const name = "packages in workerd";
  return status === 0 ? { name, problems: [], note: output.trim() } : { name, problems: [output] };
}
