import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mapLimited } from "../shared/map-limited.ts";
import { blockFile, blockRunner, importedLibraries, isRun, RUNNER_COMMANDS, type TestRunner } from "./block-runner.ts";
import type { FencedBlock } from "./fenced-blocks.ts";
import { ENTRIES_FILE, PROJECTS } from "./prepare-blocks.ts";
import type { ProgramRuntime } from "./program-runtimes.ts";
import type { Outcome } from "./report.ts";
import type { RunWith } from "./run-with.ts";

const PARALLEL = 2;

/** Where blocks are, and what runs a command there. */
export interface BlockFolder {
  readonly folder: string;
  readonly run: RunWith;
}

/** Runs every block that is a program on one of the runtimes, and has every entry imported there. */
export async function checkPrograms(
  runtime: ProgramRuntime,
  blocks: readonly FencedBlock[],
  { folder, run }: BlockFolder,
): Promise<Outcome> {
  const programs = blocks.filter((block) => isRun(block) && blockRunner(block) === "program");
  const entries = await run([...runtime.command, ENTRIES_FILE], folder);
  const problems = await mapLimited(programs, PARALLEL, (block) => runBlock(block, runtime, folder, run));
  return {
    name: `every entry, and ${programs.length} fenced examples, on ${runtime.name}`,
    problems: [
      ...(entries.status === 0 ? [] : [`not every entry can be imported:\n${entries.output}`]),
      ...problems.flat(),
    ],
  };
}

/** Runs the blocks that are written for a test runner. */
export async function checkTests(
  runner: TestRunner,
  blocks: readonly FencedBlock[],
  { folder, run }: BlockFolder,
): Promise<Outcome> {
  const tests = blocks.filter((block) => isRun(block) && blockRunner(block) === runner);
  const start = { command: RUNNER_COMMANDS[runner] };
  const problems = await mapLimited(tests, PARALLEL, (block) => runBlock(block, start, folder, run));
  return { name: `${tests.length} fenced examples, by ${runner}`, problems: problems.flat() };
}

/** Type-checks the blocks, but for those that `deno test` type-checks. */
export async function checkTypes(blocks: readonly FencedBlock[], { folder, run }: BlockFolder): Promise<Outcome> {
  const checked = blocks.filter((block) => isRun(block) && blockRunner(block) !== "deno test");
  const results = await mapLimited(PROJECTS, PARALLEL, (project) =>
    run(["tsc", "-p", project, "--pretty", "false"], folder),
  );
  return {
    name: `types of ${checked.length} fenced examples`,
    problems: results.filter(({ status }) => status !== 0).map(({ output }) => placed(output, checked)),
  };
}

/** Says of the blocks that are not run here why that is. */
export function checkMarks(blocks: readonly FencedBlock[], root: string): Outcome[] {
  return blocks.flatMap(({ file, line, mark }): Outcome[] => {
    const name = `${file}:${line}`;
    if (mark?.kind === "not run") return [{ name, problems: [], skipped: true, note: mark.reason }];
    if (mark?.kind !== "run by") return [];
    const problems = existsSync(join(root, mark.path)) ? [] : ["there is no such test"];
    return [{ name, note: `run by ${mark.path}`, problems }];
  });
}

type Start = Pick<ProgramRuntime, "command" | "heldOpenBy">;

async function runBlock(block: FencedBlock, start: Start, folder: string, run: RunWith): Promise<string[]> {
  const { status: expected, words } = block.mark?.kind === "ends with" ? block.mark : { status: 0, words: "" };
  const { status, output } = await run([...start.command, await writeEnding(block, start, folder)], folder);
  const place = `${block.file}:${block.line}`;
  if (status !== expected) return [`${place} ended with ${status}, expected ${expected}\n${output}`];
  return output.includes(words) ? [] : [`${place} did not print "${words}"\n${output}`];
}

/** Where a library would hold the program open, it ends by itself behind its last line. */
async function writeEnding(block: FencedBlock, { heldOpenBy = [] }: Start, folder: string): Promise<string> {
  const file = blockFile(block);
  if (!importedLibraries(block).some((name) => heldOpenBy.includes(name))) return file;
  await writeFile(join(folder, `ending-${file}`), `${block.text}process.exit();\n`);
  return `ending-${file}`;
}

/** Names the places of the blocks in what the compiler says of their files. */
function placed(output: string, blocks: readonly FencedBlock[]): string {
  const places = new Map(blocks.map((block) => [blockFile(block), `${block.file}:${block.line}`]));
  return output.replaceAll(/^([\w.-]+\.ts)(?=\()/gm, (file) => places.get(file) ?? file);
}
