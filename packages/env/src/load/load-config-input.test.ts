import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { resolveConfig } from "../index.ts";
import { loadConfigInput } from "./index.ts";

/** Makes a folder with the given files, by their paths in it. */
function makeFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "load-config-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** A file with a hole: it takes no room. */
function makeHuge(path: string): void {
  writeFileSync(path, "");
  truncateSync(path, 8 * 1024 ** 3);
}

const settings = (region: string): string => JSON.stringify({ env: { AWS_REGION: region, [region]: "1" } });

describe("loadConfigInput()", () => {
  test("reads the four settings files and the AWS files", async () => {
    const folder = makeFolder({
      "managed.json": settings("managed-1"),
      "project/.claude/settings.local.json": settings("local-1"),
      "project/.claude/settings.json": `\uFEFF${settings("project-1")}`,
      ".claude/settings.json": settings("user-1"),
      ".aws/config": "[default]\nregion = file-1\n",
      ".aws/credentials": "[default]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = s\n",
    });
    const input = await loadConfigInput({
      env: { HOME: folder, CLAUDE_CODE_USE_BEDROCK: "1" },
      directory: join(folder, "project"),
      managedSettings: join(folder, "managed.json"),
    });
    expect(input.settings?.map(({ source }) => source)).toEqual(["managed", "project-local", "project", "user"]);
    const config = resolveConfig(input);
    expect(config.region).toEqual({ value: "managed-1", source: "AWS_REGION in managed settings" });
    expect(config.endpoints[0].authentication).toMatchObject({
      source: "~/.aws/credentials [default] aws_access_key_id",
    });
    expect(config.problems).toEqual([]);
  });

  test("follows the variables that move the files, those of the settings too", async () => {
    const folder = makeFolder({
      "claude/settings.json": JSON.stringify({ env: { AWS_CONFIG_FILE: "~/elsewhere" } }),
      elsewhere: "[default]\nregion = eu-west-1\n",
      creds: "[default]\nregion = eu-west-2\n",
    });
    const input = await loadConfigInput({
      env: {
        HOME: folder,
        CLAUDE_CONFIG_DIR: join(folder, "claude"),
        AWS_SHARED_CREDENTIALS_FILE: join(folder, "creds"),
      },
      directory: folder,
      managedSettings: join(folder, "none"),
    });
    expect(input.awsFiles).toMatchObject({
      config: "[default]\nregion = eu-west-1\n",
      credentials: "[default]\nregion = eu-west-2\n",
    });
  });

  const workspace = (id: string): string => JSON.stringify({ model: id, env: { ANTHROPIC_AWS_WORKSPACE_ID: id } });
  const workspaceOf = async (
    files: Readonly<Record<string, string>>,
    directory: string,
    env: Readonly<Record<string, string>> = {},
  ): Promise<string | undefined> => {
    const folder = makeFolder({ "home/.keep": "", ...files });
    const input = await loadConfigInput({
      env: { HOME: join(folder, "home"), CLAUDE_CODE_USE_ANTHROPIC_AWS: "1", ...env },
      directory: join(folder, directory),
      managedSettings: join(folder, "none"),
    });
    const { workspaceId, model } = resolveConfig(input);
    return `${workspaceId?.value} ${model.requested?.value}`;
  };

  test("reads local settings of the root of a repository, and the project's of its own folder alone", async () => {
    const local = "repo/.claude/settings.local.json";
    const repository = { "repo/.git/HEAD": "", "repo/.claude/settings.json": workspace("project-of-root") };
    const own = { "repo/a/b/.claude/settings.local.json": workspace("own") };
    expect(await workspaceOf({ ...repository, [local]: workspace("root"), ...own }, "repo/a/b")).toBe("root root");
    expect(await workspaceOf({ ...repository, ...own }, "repo/a/b")).toBe("own own");
    expect(await workspaceOf(repository, "repo/a/b")).toBe("undefined undefined");
    expect(await workspaceOf({ [local]: workspace("no repository") }, "repo/a/b")).toBe("undefined undefined");
  });

  test("takes relative paths from the folder of the project, and an empty one for it", async () => {
    const files = { "repo/conf/settings.json": workspace("conf"), "repo/settings.json": workspace("repo") };
    expect(await workspaceOf(files, "repo", { CLAUDE_CONFIG_DIR: "conf/" })).toBe("conf conf");
    expect(await workspaceOf(files, "repo/conf", { CLAUDE_CONFIG_DIR: ".." })).toBe("repo repo");
    expect(await workspaceOf(files, "repo", { CLAUDE_CONFIG_DIR: "" })).toBe("repo repo");
  });

  test("reads the settings of the user again where they say that they are elsewhere", async () => {
    const moving = { model: "first", env: { CLAUDE_CONFIG_DIR: "conf", ANTHROPIC_AWS_WORKSPACE_ID: "first" } };
    const files = { "home/.claude/settings.json": JSON.stringify(moving) };
    expect(await workspaceOf({ ...files, "repo/conf/settings.json": workspace("conf") }, "repo")).toBe("conf conf");
    expect(await workspaceOf(files, "repo")).toBe("first undefined");
  });

  test("reads the AWS files of the start too, where the project names others", async () => {
    const folder = makeFolder({
      "project/.claude/settings.json": JSON.stringify({ env: { AWS_CONFIG_FILE: "later" } }),
      "project/later": "[default]\nregion = eu-west-2\n",
      ".aws/config": "[default]\nregion = eu-west-1\n",
    });
    const input = await loadConfigInput({
      env: { HOME: folder, CLAUDE_CODE_USE_BEDROCK: "1" },
      directory: join(folder, "project"),
      managedSettings: join(folder, "none"),
    });
    const { region, start } = resolveConfig(input);
    expect([region?.value, start?.region?.value]).toEqual(["eu-west-2", "eu-west-1"]);
  });

  test("reports a file that is not JSON, or too long, and goes on", async () => {
    const folder = makeFolder({ ".claude/settings.json": "{", ".aws/config": "[default]\nregion = eu-west-1\n" });
    const input = await loadConfigInput({
      env: { HOME: folder },
      directory: join(folder, "project"),
      managedSettings: join(folder, "none"),
      maxFileCharacters: 10,
    });
    expect(input.settings).toEqual([]);
    expect(input.loadProblems?.map(({ code }) => code)).toEqual(["SETTINGS_UNREADABLE", "SETTINGS_UNREADABLE"]);
    expect(resolveConfig(input).problems[0]?.code).toBe("SETTINGS_UNREADABLE");
  });

  test.each<[what: string, make: (path: string) => void, reason: RegExp]>([
    ["a folder", (path) => mkdirSync(path), /it is a folder; expected a file/],
    ["a pipe that nobody writes to", (path) => execFileSync("mkfifo", [path]), /it is a pipe; expected a file/],
    ["a device that never ends", (path) => symlinkSync("/dev/zero", path), /it is a device; expected a file/],
    ["a file of 8 GiB", (path) => makeHuge(path), /it is longer than 1048576 characters/],
  ])("refuses %s with words, at once, and reads the others", async (_, make, reason) => {
    for (const path of [".claude/settings.json", ".aws/config", ".aws/credentials"]) {
      const folder = makeFolder({
        "project/.claude/settings.json": settings("project-1"),
        ".claude/x": "",
        ".aws/x": "",
      });
      make(join(folder, path));
      const input = await loadConfigInput({
        env: { HOME: folder },
        directory: join(folder, "project"),
        managedSettings: join(folder, "none"),
      });
      expect(input.loadProblems).toMatchObject([
        { code: "SETTINGS_UNREADABLE", message: expect.stringMatching(reason) as string },
      ]);
      expect(input.settings?.map(({ source }) => source)).toEqual(["project"]);
    }
  });

  test("takes /dev/null for an empty file", async () => {
    const env = { HOME: makeFolder({}), AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" };
    const { loadProblems, awsFiles } = await loadConfigInput({ env, directory: "/none", managedSettings: "/none" });
    expect({ loadProblems, awsFiles }).toMatchObject({ loadProblems: [], awsFiles: { config: "", credentials: "" } });
  });

  test("sees which SSO sessions somebody is signed in to", async () => {
    const cached = createHash("sha1").update("work").digest("hex");
    const folder = makeFolder({
      ".aws/config": "[profile a]\nsso_session = work\n[profile b]\nsso_session = home\n",
      [`.aws/sso/cache/${cached}.json`]: "{}",
    });
    const { awsFiles } = await loadConfigInput({ env: { HOME: folder }, directory: folder, managedSettings: "/none" });
    expect(awsFiles?.signedInSessions).toEqual(["work"]);
  });
});
