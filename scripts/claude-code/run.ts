import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { formatCount } from "../report/test-count.ts";
import { killRunningCommands } from "../shared/run-command.ts";
import { type Flags, formatHelp, parseFlags } from "./flags.ts";
import { AGENT_SDK } from "./agent-sdk-package.ts";
import { type InstalledPackage, installProgram } from "./install-program.ts";
import { askRegistry } from "./ask-registry.ts";
import { type LearnedRelease, learnRelease } from "./configuration/learn-release.ts";
import { addRelease, releaseIntegrities } from "./known-releases.ts";
import { type PlatformPackage, resolvePlatformPackage, type WantedPackage, wantPackage } from "./platform-packages.ts";
import { runTurn, type TurnPrograms } from "./run-turn.ts";
import { takeSituations } from "./take-situations.ts";
import { TURN_CASES } from "./turn-cases.ts";
import { formatTurnResult, type TurnResult, turnResult } from "./turn-result.ts";

const CACHE_FOLDER = fileURLToPath(new URL("../../node_modules/.cache/claude-code/", import.meta.url));
const flags = parseFlags(process.argv.slice(2), TURN_CASES);
if ("usage" in flags) {
  console.error(flags.usage);
  process.exitCode = 2;
} else if (flags.help) {
  console.log(formatHelp(TURN_CASES));
} else {
  process.exitCode = await main(flags);
}

async function main({ turns, json, keep, verdicts, record, version, configurations }: Flags): Promise<number> {
  // With --json, standard output holds the JSON alone.
  const say = json ? console.error : console.log;
  const platform = resolvePlatformPackage();
  const results: TurnResult[] = [];
  let learned: LearnedRelease | undefined;
  if (platform === undefined) {
    say(`Claude Code ${version} has no package that runs on ${process.platform}-${process.arch}`);
  } else {
    const wanted = await want(platform, version);
    const program = wanted && (await install(wanted, say));
    if (wanted === undefined || program === undefined) return 1;
    if (verdicts) return judgeSituations(program, version, say);
    const needsSdk = turns.some(({ isStartedBySdk }) => isStartedBySdk === true);
    const agentSdk = needsSdk ? await install(AGENT_SDK, say) : undefined;
    if (needsSdk && agentSdk === undefined) return 1;
    for await (const result of runTurns({ programs: { program, agentSdk }, version, keep, turns, say })) {
      results.push(result);
      say(formatTurnResult(result));
    }
    if (record !== undefined) await writeRecord(record, wanted, results);
    if (configurations) learned = await learnRelease({ program, version, say });
  }
  const passed = results.filter(({ ok }) => ok).length;
  const count = { passed, failed: results.length - passed, skipped: TURN_CASES.length - results.length };
  if (json) console.log(JSON.stringify({ version, ...count, cases: results, ...learned }, undefined, 2));
  else console.log(formatCount(count));
  // Where nothing could be run, nothing was shown either.
  return count.failed === 0 && passed > 0 && (learned?.differing ?? 0) === 0 ? 0 : 1;
}

/** Its turns are one on Claude Platform on AWS, each in another situation. */
async function judgeSituations(program: string, version: string, say: Say): Promise<number> {
  const turn = TURN_CASES.find(({ name }) => name === "anthropic-aws-sigv4");
  if (turn === undefined) throw new Error("There is no turn to put into situations");
  const folder = await mkdtemp(join(tmpdir(), "claude-code-situations-"));
  try {
    say(JSON.stringify(await takeSituations({ turn, program, version, folder }), undefined, 2));
    return 0;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

type Say = (line: string) => void;

/** Names the package of a release; a release that nobody has let run yet is looked up, and added to the table. */
async function want(platform: PlatformPackage, version: string): Promise<WantedPackage | undefined> {
  const known = releaseIntegrities(version);
  if (known !== undefined) return wantPackage(platform, version, known);
  try {
    const integrities = await askRegistry(version, { folder: tmpdir(), environment: process.env });
    addRelease(version, integrities);
    return wantPackage(platform, version, integrities);
  } catch (error) {
    console.error((error as Error).message);
    return undefined;
  }
}

async function install(wanted: InstalledPackage, say: Say): Promise<string | undefined> {
  const title = `${wanted.name}@${wanted.version}`;
  const start = performance.now();
  let announced = false;
  let said = 0;
  try {
    const { path, downloaded } = await installProgram({
      wanted,
      folder: join(CACHE_FOLDER, wanted.version),
      environment: process.env,
      onProgress: (bytes) => {
        if (!announced) say(`Downloading ${title}, once; the program is some 170 MB`);
        announced = true;
        const megabytes = Math.round(bytes / 1_000_000);
        if (megabytes > said) say(`  ${megabytes} MB unpacked`);
        said = megabytes;
      },
    });
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    say(downloaded ? `${title}: downloaded and checked in ${seconds} s` : `${title}: already here`);
    return path;
  } catch (error) {
    console.error((error as Error).message);
    return undefined;
  }
}

async function* runTurns(options: {
  readonly programs: TurnPrograms;
  readonly version: string;
  readonly keep: boolean;
  readonly turns: Flags["turns"];
  readonly say: Say;
}): AsyncGenerator<TurnResult> {
  const { programs, version, keep, turns, say } = options;
  const folder = await mkdtemp(join(tmpdir(), "claude-code-turns-"));
  const stop = (): void => {
    killRunningCommands();
    void rm(folder, { recursive: true, force: true }).finally(() => process.exit(130));
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
  try {
    for (const turn of turns) {
      const ran = await runTurn(turn, programs, join(folder, turn.name));
      const result = turnResult(turn, ran, version);
      yield result;
      if (!result.ok && ran.standardError.trim() !== "") say(`    stderr: ${ran.standardError.trim().slice(-2000)}`);
    }
  } finally {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, stop);
    if (keep) say(`Kept in ${folder}`);
    else await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** What a fixture can be renewed from. */
async function writeRecord(
  file: string,
  { name, version }: WantedPackage,
  results: readonly TurnResult[],
): Promise<void> {
  const cases = Object.fromEntries(results.map(({ name: turn, requests }) => [turn, requests]));
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify({ client: "claude-code", version, package: name, cases }, undefined, 2)}\n`);
}
