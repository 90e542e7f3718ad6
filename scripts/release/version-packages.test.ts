import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import type { Run } from "../packages/consumer.ts";
import { readMembers } from "../shared/read-members.ts";
import { runCommand } from "../shared/run-command.ts";
import { versionPackages } from "./version-packages.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const IDENTITY = ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"];
const environment = {
  ...process.env,
  PATH: `${join(ROOT, "node_modules/.bin")}${delimiter}${process.env["PATH"] ?? ""}`,
  ...Object.fromEntries(IDENTITY.map((name) => [name, "test@example.com"])),
};
const run: Run = (command, folder) => runCommand(command, { folder, environment });

/** What changesets read of this workspace, in a repository of its own; without the changesets that wait here, if any do. */
async function copyWorkspace(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "version-packages-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const members = await readMembers(ROOT);
  const manifests = members.flatMap((member) =>
    ["package.json", "deno.json", "CHANGELOG.md"].map((name) => join(member.folder, name)),
  );
  for (const path of [
    "package.json",
    "pnpm-workspace.yaml",
    "pnpm-lock.yaml",
    ".changeset/config.json",
    ...manifests,
  ]) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await cp(join(ROOT, path), join(folder, path), { recursive: true }).catch(ignoreMissing);
  }
  for (const command of ["init --quiet --initial-branch=main", "add --all", "commit --quiet --message=all"]) {
    const { status, output } = await run(["git", ...command.split(" ")], folder);
    expect(output).toBe("");
    expect(status).toBe(0);
  }
  return folder;
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}

async function versionsOf(folder: string): Promise<Record<string, string | undefined>> {
  const members = await readMembers(folder);
  return Object.fromEntries(members.map(({ manifest }) => [manifest.name, manifest.version]));
}

/** The packages whose version changed. */
function changed(before: Record<string, string | undefined>, after: Record<string, string | undefined>): string[] {
  return Object.keys(after).filter((name) => after[name] !== before[name]);
}

test("versions what changesets name, then one package and its dependants alone, and deno.json follows", async () => {
  const folder = await copyWorkspace();
  const versionWith = async (names: readonly string[]): ReturnType<typeof versionPackages> => {
    const bumps = names.map((name) => `"${name}": minor\n`).join("");
    await writeFile(join(folder, ".changeset/one.md"), `---\n${bumps}---\n\nOne more form of an ARN.\n`);
    return versionPackages(folder, [], run);
  };
  const members = await readMembers(folder);
  const start = await versionsOf(folder);
  const published = members.filter(({ manifest }) => manifest.private !== true).map(({ manifest }) => manifest.name);
  const first = await versionWith(published);
  const before = await versionsOf(folder);

  expect(first.output).toContain("packages/auth/deno.json: ");
  expect(first.status).toBe(0);
  expect(changed(start, before).filter((name) => published.includes(name))).toEqual(published);

  expect((await versionWith(["@claude-on-aws/bedrock"])).status).toBe(0);
  const after = await versionsOf(folder);

  // 0.2.0 is outside of ^0.1.0, so that whoever names the package follows; their 0.1.1 is inside, and takes nobody along.
  const named = members.filter(({ manifest }) => Object.hasOwn(manifest.dependencies ?? {}, "@claude-on-aws/bedrock"));
  const dependants = new Set(["@claude-on-aws/bedrock", ...named.map(({ manifest }) => manifest.name)]);
  expect(new Set(changed(before, after))).toEqual(dependants);
  expect(dependants.size).toBeLessThan(published.length);
  for (const { folder: member, manifest } of members) {
    if (manifest.private === true) continue;
    const deno = JSON.parse(await readFile(join(folder, member, "deno.json"), "utf8")) as { version: string };
    expect(deno.version).toBe(after[manifest.name]);
  }
});
