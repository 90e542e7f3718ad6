import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readJson } from "../shared/read-json.ts";
import type { Manifest } from "../shared/read-members.ts";
import { REQUIREMENTS, workflowCommand } from "./folder-examples.ts";
import type { Outcome } from "./report.ts";
import type { RunWith } from "./run-with.ts";
import { TYPE_OPTIONS } from "./type-options.ts";

/**
 * Runs one folder of `examples/`: its `test`, what its workflow runs, and the compiler.
 *
 * @param name The folder.
 * @param folder Where it is installed.
 * @param root The workspace.
 * @param path The `PATH` that its commands have besides their own programs.
 */
export async function checkFolder(
  name: string,
  folder: string,
  { root, path, run }: { readonly root: string; readonly path: string; readonly run: RunWith },
): Promise<Outcome> {
  const title = `examples/${name}`;
  const found = await REQUIREMENTS[name]?.find(root, run);
  if (found !== undefined && "missing" in found)
    return { name: title, problems: [], skipped: true, note: found.missing };
  const { PATH: ownPath = "", ...variables } = found?.variables ?? {};
  const manifest = await readJson<Manifest & { readonly scripts: { readonly test: string } }>(
    join(folder, "package.json"),
  );
  const workflow = join(folder, ".github/workflows/test.yml");
  const test = existsSync(workflow) ? workflowCommand(await readFile(workflow, "utf8")) : manifest.scripts.test;
  const problems: string[] = [];
  for (const command of [["bash", "-euo", "pipefail", "-c", test], ...(await typeCheck(folder, manifest))]) {
    const { status, output } = await run(command, folder, {
      ...variables,
      PATH: [join(folder, "node_modules/.bin"), ownPath, path].filter((part) => part !== "").join(":"),
    });
    if (status !== 0) problems.push(`${command.join(" ")} ended with ${status}\n${output}`);
  }
  return { name: title, problems, note: test };
}

/** `deno test` has the types checked itself; elsewhere the types of the runtime are those that are installed. */
async function typeCheck(folder: string, { devDependencies = {} }: Manifest): Promise<string[][]> {
  const types = Object.keys(devDependencies)
    .filter((name) => name.startsWith("@types/"))
    .map((name) => name.slice("@types/".length));
  if (types.length === 0 || existsSync(join(folder, "deno.json"))) return [];
  const config = { compilerOptions: { ...TYPE_OPTIONS, types }, include: ["*.ts"] };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(config));
  return [["tsc", "-p", folder, "--pretty", "false"]];
}
