import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CommandResult } from "../shared/run-command.ts";
import { installProgram, npmCommand } from "./install-program.ts";
import { CLAUDE_CODE_VERSION, PLATFORM_PACKAGES, wantPackage } from "./platform-packages.ts";

const wanted = wantPackage(PLATFORM_PACKAGES[0]!);
let parent = "";

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "install-program-"));
});
afterAll(() => rm(parent, { recursive: true }));

/** Leaves behind what npm leaves behind, in the folder in which it is run. */
function npm(entry: object, result: Partial<CommandResult> = {}) {
  let runs = 0;
  const run = async (_command: readonly string[], { folder }: { readonly folder: string }): Promise<CommandResult> => {
    runs += 1;
    const place = join(folder, "node_modules", wanted.name);
    await mkdir(place, { recursive: true });
    await writeFile(join(place, "claude"), "program");
    const lockfile = { packages: { [`node_modules/${wanted.name}`]: entry } };
    await writeFile(join(folder, "node_modules/.package-lock.json"), JSON.stringify(lockfile));
    return { status: 0, output: "", elapsedMs: 0, ...result };
  };
  return { run, runs: () => runs };
}

const install = (folder: string, run: ReturnType<typeof npm>["run"]) =>
  installProgram({ wanted, folder: join(parent, folder), environment: {}, onProgress: () => {}, run });

const good = { version: CLAUDE_CODE_VERSION, integrity: wanted.integrity };

describe("installProgram()", () => {
  test("installs once, and takes what is there from then on", async () => {
    const { run, runs } = npm(good);
    const first = await install("once", run);
    const second = await install("once", run);
    expect([first.downloaded, second.downloaded, runs()]).toEqual([true, false, 1]);
    expect(second.path).toBe(join(parent, "once/node_modules", wanted.name, "claude"));
    expect(existsSync(first.path)).toBe(true);
  });

  test("replaces another version", async () => {
    await npm({ ...good, version: "2.0.0" }).run([], { folder: join(parent, "older") });
    const { downloaded } = await install("older", npm(good).run);
    expect(downloaded).toBe(true);
  });

  test("takes a package of which another file is used", async () => {
    const { run } = npm(good);
    const sdk = { ...wanted, file: "sdk.mjs" };
    const installSdk = installProgram({
      wanted: sdk,
      folder: join(parent, "sdk"),
      environment: {},
      onProgress: () => {},
      run,
    });

    await expect(installSdk).rejects.toThrow('it holds no file "sdk.mjs"');
  });

  test.each([
    ["another integrity", npm({ ...good, integrity: "sha512-other" }), "gives the integrity sha512-other"],
    ["no integrity", npm({ version: CLAUDE_CODE_VERSION }), "gives the integrity (none)"],
    ["another version", npm({ ...good, version: "2.1.328" }), "gives the integrity (none)"],
    ["an error of npm", npm(good, { status: 1, output: "E404 not found\n" }), "status 1.\nE404 not found"],
  ])("refuses %s, and leaves nothing behind", async (title, { run }, message) => {
    await expect(install(title, run)).rejects.toThrow(message);
    expect((await readdir(parent)).filter((name) => name.startsWith(title))).toEqual([]);
  });
});

test("npmCommand() names the version and runs no script", () => {
  const command = npmCommand("/cache", wanted);
  expect(command.at(-1)).toBe(`${wanted.name}@${CLAUDE_CODE_VERSION}`);
  expect(command).toContain("--ignore-scripts");
  expect(command).toContain("--omit=optional");
  expect(command).toContain("--prefix=/cache");
});
