import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkManifests } from "./packages/check-manifests.ts";
import { checkPacked } from "./packages/check-packed.ts";
import { findLintProblems } from "./packages/find-lint-problems.ts";
import { findTypeProblems } from "./packages/find-type-problems.ts";
import { installPacked, type Run, useInstalled } from "./packages/consumer.ts";
import { checkLeftover } from "./packages/import-leftover.ts";
import { type DenoManifest, isModule, parseEntries } from "./packages/package-manifests.ts";
import { packMembers } from "./packages/pack-members.ts";
import type { PackedPackage } from "./packages/packed-package.ts";
import { checkChangesets, readChangesets } from "./release/check-changesets.ts";
import { NO_REPOSITORY, readOrigin } from "./release/project-origin.ts";
import { mapLimited } from "./shared/map-limited.ts";
import { pinnedPnpm } from "./shared/pinned-pnpm.ts";
import { readJson } from "./shared/read-json.ts";
import { type Manifest, type Member, readMembers } from "./shared/read-members.ts";
import { runCommand } from "./shared/run-command.ts";

const PARALLEL = 2;

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const pnpm = await pinnedPnpm(ROOT);
const environment = {
  ...process.env,
  PATH: `${join(ROOT, "node_modules/.bin")}${delimiter}${process.env["PATH"] ?? ""}`,
  NO_COLOR: "1",
  FORCE_COLOR: undefined,
  DENO_NO_UPDATE_CHECK: "1",
};
const run: Run = (command, folder) => runCommand(command, { folder, environment, timeLimitMs: 120_000 });
const origin = await readOrigin(ROOT);

const members = (await readMembers(ROOT)).filter(({ manifest }) => manifest.private !== true);
const folder = await mkdtemp(join(tmpdir(), "check-packages-"));
let failed = false;
try {
  const jsr = run(["deno", "publish", "--dry-run", "--allow-dirty"], ROOT);
  const { packed, problems: unpacked } = await packMembers(members, ROOT, folder, { pnpm, origin, run });
  report(`${packed.length} packages packed`, unpacked);
  const results = await mapLimited(members, PARALLEL, (member) =>
    checkMember(member, packed.find((one) => one.member === member)?.tarball),
  );
  for (const { member, problems } of results) {
    report(`${member.manifest.name} (${parseEntries(member.manifest.exports).length} entries)`, problems);
  }
  report(`${packed.length} packages installed together, on Bun, Deno and Node`, await checkTogether(packed));
  const versions = Object.fromEntries(members.map(({ manifest }) => [manifest.name, manifest.version]));
  const changesets = await readChangesets(ROOT);
  report(`${changesets.length} changesets`, checkChangesets(changesets, versions));
  const { status, output } = await jsr;
  report("JSR dry run", [...(await checkDenoWorkspace()), ...(status === 0 ? [] : [withoutProgress(output)])]);
} finally {
  await rm(folder, { recursive: true });
}
// Nothing that was built is wrong with that; a release needs it.
if (origin.repository === "") console.log(`open   ${NO_REPOSITORY}`);
process.exitCode = failed ? 1 : 0;

function report(name: string, problems: readonly string[]): void {
  failed ||= problems.length > 0;
  console.log(`${problems.length === 0 ? "ok    " : "failed"} ${name}`);
  for (const problem of problems) console.log(`       ${problem.replaceAll("\n", "\n         ")}`);
}

/** @param tarball Where it was packed. */
async function checkMember(
  member: Member,
  tarball: string | undefined,
): Promise<{ readonly member: Member; readonly problems: readonly string[] }> {
  const path = join(ROOT, member.folder);
  const denoPath = join(path, "deno.json");
  const problems = checkManifests(
    {
      manifest: member.manifest,
      denoManifest: existsSync(denoPath) ? await readJson<DenoManifest>(denoPath) : undefined,
    },
    (file) => existsSync(join(path, file)),
  );
  if (tarball === undefined) return { member, problems };
  const files = await listPacked(tarball);
  const packedManifest = await run(["tar", "-xzOf", tarball, "package/package.json"], ROOT);
  problems.push(...checkPacked(JSON.parse(packedManifest.output) as Manifest, files));
  const bytes = new Uint8Array(await readFile(tarball));
  problems.push(...(await findLintProblems(bytes)).map((text) => `publint: ${text}`));
  problems.push(...(await findTypeProblems(bytes)).map((text) => `types: ${text}`));
  return { member, problems };
}

async function listPacked(tarball: string): Promise<string[]> {
  const { output } = await run(["tar", "-tzf", tarball], ROOT);
  return output
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.replace(/^package\//, ""));
}

async function checkTogether(packages: readonly PackedPackage[]): Promise<string[]> {
  const consumer = join(folder, "consumer");
  await mkdir(consumer);
  const problems = await installPacked(packages, consumer, ROOT, run);
  return [...problems, ...(await useInstalled(consumer, ROOT, run)), ...(await checkLeftovers(packages, consumer))];
}

/** Of the libraries alone: an app is a program, and used as a whole. */
async function checkLeftovers(packages: readonly PackedPackage[], consumer: string): Promise<string[]> {
  const entries = packages
    .filter(({ member }) => member.folder.startsWith("packages/"))
    .flatMap(({ member: { manifest } }) =>
      parseEntries(manifest.publishConfig?.exports)
        .filter(isModule)
        .map(({ files }) => join(consumer, "node_modules", manifest.name, files["default"] ?? "")),
    );
  return (await Promise.all(entries.map(checkLeftover))).flat();
}

function withoutProgress(output: string): string {
  return output
    .split("\n")
    .filter((line) => !line.startsWith("Check"))
    .join("\n")
    .trim();
}

async function checkDenoWorkspace(): Promise<string[]> {
  const { workspace } = await readJson<{ workspace: readonly string[] }>(join(ROOT, "deno.json"));
  return members
    .filter((member) => !workspace.includes(`./${member.folder}`))
    .map((member) => `deno.json: workspace lacks "./${member.folder}"`);
}
