/**
 * Runs whatever somebody might copy, with the packages as they would be published: the stories of the README, the folders of
 * `examples/`, each fenced example of READMEs and docstrings, each command of a shell that they show, every entry on the oldest
 * Node, and the packages that workers are promised in workerd.
 * It needs a registry for what the examples install. With `--keep`, it leaves the folder in which all that was done.
 */
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { TEST_RUNNERS } from "./examples/block-runner.ts";
import { checkMarks, checkPrograms, checkTests, checkTypes } from "./examples/check-blocks.ts";
import { findBlocks, prepareBlocks } from "./examples/prepare-blocks.ts";
import { checkFolder } from "./examples/check-folder.ts";
import { checkShell } from "./examples/check-shell.ts";
import { checkWorker, prepareWorker } from "./examples/check-worker.ts";
import { libraryVersions, listFolders, writeConsumerWorkspace } from "./examples/consumer-workspace.ts";
import type { FencedBlock } from "./examples/fenced-blocks.ts";
import { startLocalRegistry } from "./examples/local-registry.ts";
import { checkStory, findStories, prepareStory, type Story } from "./examples/readme-stories.ts";
import { prepareLeastNode, PROGRAM_RUNTIMES } from "./examples/program-runtimes.ts";
import { formatOutcome, type Outcome } from "./examples/report.ts";
import type { RunWith } from "./examples/run-with.ts";
import { isShellBlock } from "./examples/shell-commands.ts";
import { packMembers } from "./packages/pack-members.ts";
import type { PackedPackage } from "./packages/packed-package.ts";
import { readOrigin } from "./release/project-origin.ts";
import { pinnedPnpm } from "./shared/pinned-pnpm.ts";
import { readJson } from "./shared/read-json.ts";
import { type Manifest, type Member, readMembers } from "./shared/read-members.ts";
import { runCommand } from "./shared/run-command.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const { values: flags } = parseArgs({ options: { keep: { type: "boolean", default: false } } });
const workspace = await readJson<Manifest & { readonly packageManager: string }>(join(ROOT, "package.json"));
const pnpm = await pinnedPnpm(ROOT);
// What this machine says of AWS and Claude is not what the examples are about.
const ownVariables = Object.keys(process.env).filter((name) => /^(?:AWS|ANTHROPIC|CLAUDE)/.test(name));
const folder = await mkdtemp(join(tmpdir(), "check-examples-"));
const environment = {
  ...process.env,
  ...Object.fromEntries(ownVariables.map((name) => [name, undefined])),
  PATH: `${join(ROOT, "node_modules/.bin")}${delimiter}${process.env["PATH"] ?? ""}`,
  CLAUDE_CONFIG_DIR: join(folder, "claude"),
  AWS_CONFIG_FILE: join(folder, "aws"),
  AWS_SHARED_CREDENTIALS_FILE: join(folder, "aws"),
  CI: "true",
  NO_COLOR: "1",
  FORCE_COLOR: undefined,
  DENO_NO_UPDATE_CHECK: "1",
};
const run: RunWith = (command, where, variables) =>
  runCommand(command, { folder: where, environment: { ...environment, ...variables }, timeLimitMs: 120_000 });

let failed = false;
try {
  await need("the build", [...pnpm, "run", "build"], ROOT);
  const members = await readMembers(ROOT);
  const published = members.filter(({ manifest }) => manifest.private !== true);
  const packages = await packAll(published);
  const found = await findBlocks(ROOT);
  const blocks = found.filter((block) => !isShellBlock(block));
  const stories = await findStories(ROOT);
  const examples = await installEverything(members, packages, blocks, stories);
  for (const story of stories) {
    report(await checkStory(story, { folder: storyFolder(story), path: environment.PATH, run }));
  }
  report(await checkWorker(join(folder, "in-workerd"), run));
  for (const name of examples) {
    report(await checkFolder(name, join(folder, "examples", name), { root: ROOT, path: environment.PATH, run }));
  }
  const where = { folder: join(folder, "blocks"), run };
  for (const runtime of PROGRAM_RUNTIMES) report(await checkPrograms(runtime, blocks, where));
  for (const runner of TEST_RUNNERS) report(await checkTests(runner, blocks, where));
  report(await checkTypes(blocks, where));
  // Those of a story were run with it.
  const commands = found.filter((block) => isShellBlock(block) && block.mark?.kind !== "story");
  report(await checkCommands(commands, packages));
  for (const outcome of checkMarks(found, ROOT)) report(outcome);
} finally {
  if (flags.keep) console.log(`kept in ${folder}`);
  else await rm(folder, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;

/** Installs all that is run, at once, in folders that know nothing of this workspace. */
async function installEverything(
  members: readonly Member[],
  packages: readonly PackedPackage[],
  blocks: readonly FencedBlock[],
  stories: readonly Story[],
): Promise<string[]> {
  const manifests = packages.map(({ member }) => member.manifest);
  const versions = libraryVersions([workspace, ...members.map(({ manifest }) => manifest)]);
  await cp(join(ROOT, "examples"), join(folder, "examples"), {
    recursive: true,
    filter: (path) => basename(path) !== "node_modules",
  });
  await prepareBlocks(join(folder, "blocks"), blocks, manifests, versions);
  const published = new Set(manifests.map(({ name }) => name));
  const versionOf = (name: string): string => (published.has(name) ? "latest" : (versions.get(name) ?? missing(name)));
  for (const story of stories) await prepareStory(storyFolder(story), story, versionOf);
  await prepareWorker(join(folder, "in-workerd"), ROOT, manifests);
  await prepareLeastNode(join(folder, "least-node"));
  await writeConsumerWorkspace(folder, ["examples/*", "story-*", "blocks", "in-workerd", "least-node"], {
    packages,
    root: ROOT,
  });
  await need("the install", [...pnpm, "install", "--prefer-offline"], folder);
  return listFolders(join(folder, "examples"));
}

function storyFolder({ name }: Story): string {
  return join(folder, `story-${name}`);
}

function missing(name: string): never {
  throw new Error(`Cannot run a story of the README: it installs ${name}, which no member of the workspace has`);
}

/** Runs the commands of shells, beside a fake and a registry that has the packages. */
async function checkCommands(blocks: readonly FencedBlock[], packages: readonly PackedPackage[]): Promise<Outcome> {
  const packedFake = join(folder, "blocks/node_modules/@claude-on-aws/fake/dist/server.js");
  const { createFakeCore, serve } = (await import(packedFake)) as typeof import("../apps/fake/src/server.ts");
  const registry = await startLocalRegistry(packages);
  try {
    return await checkShell(blocks, {
      folder: join(folder, "shell"),
      root: ROOT,
      registry: registry.url,
      startFake: () => serve(createFakeCore(), { port: 0 }),
      run: (command, where, variables, until) =>
        // The first of them downloads.
        runCommand(command, {
          folder: where,
          environment: { ...environment, ...variables },
          timeLimitMs: 300_000,
          until,
        }),
    });
  } finally {
    await registry.close();
  }
}

function report(outcome: Outcome): void {
  failed ||= outcome.problems.length > 0;
  console.log(formatOutcome(outcome));
}

async function packAll(members: readonly Member[]): Promise<readonly PackedPackage[]> {
  const target = join(folder, "packed");
  await mkdir(target, { recursive: true });
  const { packed, problems } = await packMembers(members, ROOT, target, { pnpm, origin: await readOrigin(ROOT), run });
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return packed;
}

/** Runs what nothing goes on without; it may have to download first. */
async function need(what: string, command: readonly string[], where: string): Promise<void> {
  const { status, output } = await runCommand(command, { folder: where, environment });
  if (status === 0) return;
  throw new Error(`Cannot run the examples: ${what} (${command.join(" ")}) ended with ${status}\n${output.trim()}`);
}
