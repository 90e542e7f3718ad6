/**
 * Publishes every package whose version the registries do not have, on npm and on JSR, from a clone of the last commit.
 * With `--dry-run` the changesets are used up in that clone first, and nothing goes out: it shows what would.
 */
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Run } from "./packages/consumer.ts";
import { packMembers } from "./packages/pack-members.ts";
import { absoluteLinks } from "./release/absolute-links.ts";
import { readChangesets } from "./release/check-changesets.ts";
import { NO_REPOSITORY, readOrigin } from "./release/project-origin.ts";
import { isOnNpm, PUBLIC_REGISTRIES, type Release } from "./release/published-versions.ts";
import { type MemberRelease, readReleases } from "./release/read-releases.ts";
import { pinnedPnpm } from "./shared/pinned-pnpm.ts";
import type { Member } from "./shared/read-members.ts";
import { runCommand } from "./shared/run-command.ts";

const USAGE = `Usage: pnpm release [--dry-run]

  --dry-run  uses up the changesets in a temporary clone, builds and checks there, and shows what would go out
  --help     shows this

Without --dry-run it publishes from the last commit: to npm by a trusted publisher with provenance, to JSR by OIDC. It is
made for the workflow "release"; a version that is published already is passed over.`;

/** What a release cannot go on after. */
class ReleaseError extends Error {}

const { values } = parseArgs({
  options: { "dry-run": { type: "boolean", default: false }, help: { type: "boolean", default: false } },
});
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const isDry = values["dry-run"];
const ROOT = fileURLToPath(new URL("..", import.meta.url));
const origin = await readOrigin(ROOT);
if (origin.repository === "" && !isDry) {
  console.error(`Cannot publish. ${NO_REPOSITORY}`);
  process.exit(1);
}

const pnpm = await pinnedPnpm(ROOT);
const folder = await mkdtemp(join(tmpdir(), "release-"));
const clone = join(folder, "clone");
const environment = {
  ...process.env,
  PATH: `${join(clone, "node_modules/.bin")}${delimiter}${process.env["PATH"] ?? ""}`,
  NO_COLOR: "1",
  FORCE_COLOR: undefined,
  // Trusted publishing is taken only where no token is set.
  NPM_TOKEN: undefined,
};
const run: Run = (command, where) => runCommand(command, { folder: where, environment });

try {
  await release();
} catch (error) {
  if (!(error instanceof ReleaseError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function release(): Promise<void> {
  await step("clone of the last commit", ["git", "clone", "--quiet", "--no-hardlinks", ROOT, clone], folder);
  await step("install", [...pnpm, "install", "--frozen-lockfile", "--prefer-offline"]);
  const waiting = await readChangesets(clone);
  if (isDry && waiting.length > 0) await step("versions and changelogs", [...pnpm, "run", "version:packages"]);
  await step("build", [...pnpm, "run", "build"]);
  await step("check of the packages", [...pnpm, "run", "check:packages"]);
  const packed = await packAll(await readReleases(clone));
  console.log(`\n${isDry ? "Would go out" : "Goes out"}:`);
  for (const { npmName, jsrName, version, tarball } of packed) {
    const kilobytes = ((await stat(tarball)).size / 1024).toFixed(0);
    console.log(`  ${`${npmName}@${version}`.padEnd(36)} ${kilobytes.padStart(5)} KB   jsr:${jsrName}@${version}`);
  }
  if (isDry) {
    if (origin.repository === "") console.log(`\nOpen: ${NO_REPOSITORY}`);
    return;
  }
  for (const one of packed) await publishOnNpm(one);
  for (const { member } of packed) await makeLinksAbsolute(member);
  await step("JSR", ["deno", "publish", "--allow-dirty"]);
  // Its lines "New tag: …" are what the workflow makes releases of.
  console.log(await step("tags", ["changeset", "tag"], ROOT));
}

async function packAll(
  releases: readonly MemberRelease[],
): Promise<readonly (MemberRelease & { readonly tarball: string })[]> {
  const target = join(folder, "packed");
  await mkdir(target);
  const members = releases.map(({ member }) => member);
  const { packed, problems } = await packMembers(members, clone, target, { pnpm, origin, run });
  if (problems.length > 0) fail(problems.join("\n"));
  return releases.flatMap((one) => {
    const tarball = packed.find(({ member }) => member === one.member)?.tarball;
    return tarball === undefined ? [] : [{ ...one, tarball }];
  });
}

async function publishOnNpm(one: Release & { readonly tarball: string }): Promise<void> {
  const name = `${one.npmName}@${one.version}`;
  if (await isOnNpm(one, PUBLIC_REGISTRIES)) console.log(`${name} is on npm already`);
  else await step(`npm ${name}`, ["npm", "publish", one.tarball, "--provenance", "--access", "public"]);
}

async function makeLinksAbsolute({ folder: where }: Member): Promise<void> {
  const path = join(clone, where, "README.md");
  await writeFile(path, absoluteLinks(await readFile(path, "utf8"), where, origin.repository));
}

async function step(name: string, command: readonly string[], where = clone): Promise<string> {
  const { status, output, elapsedMs } = await run(command, where);
  if (status !== 0) fail(`Cannot go on after "${name}": ${command.join(" ")} ended with ${status}\n${output.trim()}`);
  console.log(`${name} (${(elapsedMs / 1000).toFixed(1)} s)`);
  return output;
}

function fail(message: string): never {
  throw new ReleaseError(message);
}
