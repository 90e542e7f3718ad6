import { globSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { clearLine, cursorTo } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs, stripVTControlCharacters, styleText } from "node:util";
import { countRun, type VitestReport } from "./report/count-run.ts";
import { formatStep } from "./report/format-step.ts";
import { measureStart } from "./report/measure-start.ts";
import { skippedLines } from "./report/skipped-lines.ts";
import {
  BUILD_STEP,
  isRuntimeStep,
  PACKAGES_STEP,
  type RuntimeStep,
  RUNTIME_STEPS,
  SLOW_STEPS,
  SOURCE_STEPS,
  type Step,
} from "./report/steps.ts";
import { addCounts, formatCount, type TestCount } from "./report/test-count.ts";
import { writeTimes } from "./report/write-times.ts";
import type { Runtime } from "./shared/current-runtime.ts";
import { mapLimited } from "./shared/map-limited.ts";
import { leftToOthers, partsLeftToOthers, runsOn } from "./shared/test-runtimes.ts";
import { pinnedPnpm } from "./shared/pinned-pnpm.ts";
import { type CommandResult, killRunningCommands, runCommand } from "./shared/run-command.ts";
import { TEST_FILES } from "./shared/test-files.ts";

const PASSED: TestCount = { passed: 0, failed: 0, skipped: 0 };
const FAILED: TestCount = { passed: 0, failed: 1, skipped: 0 };
/** The machine that CI has gives two cores. */
const PARALLEL = 2;
/** For what hangs: on a machine with much else to do, the tests of a runtime took longer than ten minutes. */
const STEP_LIMIT_MS = 1_800_000;

const { values: flags } = parseArgs({
  options: {
    verbose: { type: "boolean", default: false },
    "write-times": { type: "boolean", default: false },
    slow: { type: "boolean", default: false },
  },
});
const ROOT = fileURLToPath(new URL("..", import.meta.url));
const RESULTS_FOLDER = join(ROOT, ".test-results");
const colour = styleText("bold", "text", { stream: process.stdout, validateStream: true }) !== "text";
const running = new Set<string>();
const startedAt = performance.now();
const steps: [name: string, elapsedMs: number][] = [];
const pnpm = await pinnedPnpm(ROOT);
const environment = {
  ...process.env,
  TURBO_TELEMETRY_DISABLED: "1",
  DO_NOT_TRACK: "1",
  DENO_NO_UPDATE_CHECK: "1",
  // Both set at once make Node print a warning.
  NO_COLOR: colour ? undefined : "1",
  FORCE_COLOR: colour ? "1" : undefined,
};

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    killRunningCommands();
    process.exit(130);
  });
}

await rm(RESULTS_FOLDER, { recursive: true, force: true });
await mkdir(RESULTS_FOLDER, { recursive: true });

const counts = await mapLimited([BUILD_STEP, ...SOURCE_STEPS], PARALLEL, runStep);
counts.push(
  ...(await mapLimited<RuntimeStep | Step, TestCount>([...RUNTIME_STEPS, PACKAGES_STEP], PARALLEL, (step) =>
    isRuntimeStep(step) ? runRuntime(step) : runStep(step),
  )),
);

if (flags["write-times"]) await writeTimesDown();
if (flags.slow) for (const step of SLOW_STEPS) counts.push(await runStep(step));

const total = addCounts(counts);
process.exitCode = total.failed === 0 ? 0 : 1;
console.log(formatCount(total));

async function writeTimesDown(): Promise<void> {
  const totalMs = performance.now() - startedAt;
  const { passed, failed } = addCounts(counts);
  const readme = join(ROOT, "README.md");
  const measured = {
    startMs: await measureStart(pnpm, ROOT),
    totalMs,
    steps,
    tests: passed + failed,
    cores: availableParallelism(),
    date: new Date(),
  };
  await writeFile(readme, writeTimes(await readFile(readme, "utf8"), measured));
}

/** On a terminal, names what is under way on a line that the next one takes the place of. */
function showRunning(): void {
  clearRunning();
  if (process.stdout.isTTY && running.size > 0) process.stdout.write(`${[...running].join(", ")} …`);
}

function clearRunning(): void {
  if (!process.stdout.isTTY) return;
  clearLine(process.stdout, 0);
  cursorTo(process.stdout, 0);
}

async function runStep(step: Step): Promise<TestCount> {
  const result = await runScript(step, []);
  const ok = result.status === 0;
  const skipped = skippedLines(result.output);
  report(step, result, ok);
  for (const what of skipped) console.log(`  skipped: ${what}`);
  return { ...(ok ? PASSED : FAILED), skipped: skipped.length };
}

async function runRuntime(step: RuntimeStep): Promise<TestCount> {
  const file = join(RESULTS_FOLDER, `${step.runtime}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  // Tests wait for sockets and processes for a part of their time; the last runtime has the machine nearly to itself.
  const workers = availableParallelism() + (step === RUNTIME_STEPS.at(-1) ? 2 : 1);
  const result = await runScript(step, [...reporters, `--maxWorkers=${workers}`]);
  const { problems, skippedFor, ...count } = countRun(await readReport(file), result.status, step.runtime);
  const notes = problems.map((problem) => `\n${problem}`).join("");
  report(step, { ...result, output: `${result.output.trim()}${notes}` }, count.failed === 0, formatCount(count));
  for (const [reason, tests] of skippedFor) console.log(`  ${tests} skipped: ${reason}`);
  for (const left of await linesOfOthers(step.runtime)) console.log(`  ${left}`);
  return count;
}

/** What other runtimes run: whole files, and cases of files. */
async function linesOfOthers(runtime: Runtime): Promise<string[]> {
  const files = globSync(TEST_FILES, { cwd: ROOT });
  const own = files.filter((file) => runsOn(file, runtime));
  const texts = await Promise.all(own.map((file) => readFile(join(ROOT, file), "utf8")));
  return [...leftToOthers(files, runtime), ...partsLeftToOthers(texts, runtime)];
}

async function runScript({ name, script }: Step, args: readonly string[]): Promise<CommandResult> {
  running.add(name);
  showRunning();
  const command = [...pnpm, "--silent", "run", script, ...args];
  const result = await runCommand(command, { folder: ROOT, environment, timeLimitMs: STEP_LIMIT_MS });
  steps.push([name, result.elapsedMs]);
  running.delete(name);
  return result;
}

function report({ name, script }: Step, { output, elapsedMs }: CommandResult, ok: boolean, note?: string): void {
  clearRunning();
  console.log(formatStep({ name, ok, elapsedMs, note }, colour));
  if (!ok || flags.verbose) {
    // Some tools colour whatever they are told, as soon as CI is set.
    const text = colour ? output : stripVTControlCharacters(output);
    console.log(`\n${text.trim()}\n`);
  }
  if (!ok) console.log(`To run this step alone: pnpm run ${script}\n`);
  showRunning();
}

async function readReport(file: string): Promise<VitestReport | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as VitestReport;
  } catch {
    return undefined;
  }
}
