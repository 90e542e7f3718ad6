import { isObject, LATEST_CLIENT_VERSION } from "@claude-on-aws/endpoints";
import { findSettingsFault } from "../check-settings.ts";
import { describeProblem } from "../describe-problem.ts";
import { createHash } from "node:crypto";
import { access } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { createEnvironment } from "../environment.ts";
import { mergeSettings } from "../merge-settings.ts";
import { parseAwsFile } from "../parse-aws-file.ts";
import type { Problem } from "../problem.ts";
import type { ConfigInput } from "../config-input.ts";
import type { AwsFiles } from "../resolve-profile.ts";
import { settingsAtStart } from "../settings-at-start.ts";
import type { SettingsFile, SettingsSource } from "../settings.ts";
import { readTextFile } from "./read-text-file.ts";

/** Where {@link loadConfigInput} reads from. */
export interface LoadOptions {
  /** @default {process.env} */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /**
   * Folder of the project.
   *
   * @default {process.cwd()}
   */
  readonly directory?: string | undefined;
  /**
   * Home folder of the user.
   *
   * @default {HOME or USERPROFILE of the environment, or what the system says}
   */
  readonly home?: string | undefined;
  /**
   * File of the managed settings.
   *
   * @default {the platform's place}
   */
  readonly managedSettings?: string | undefined;
  /**
   * Reads a text file; `undefined` where it does not exist.
   *
   * @default {the file system}
   */
  readonly readText?: ((path: string) => Promise<string | undefined>) | undefined;
  /**
   * Whether a file or a folder exists.
   *
   * @default {the file system; with a `readText` of one's own, whether that gives a text}
   */
  readonly exists?: ((path: string) => Promise<boolean>) | undefined;
  /**
   * Longest file that is read, in characters; a longer one is reported and left out.
   *
   * @default {1048576}
   */
  readonly maxFileCharacters?: number | undefined;
}

const MANAGED_PLACES: Readonly<Record<string, string>> = {
  darwin: "/Library/Application Support/ClaudeCode/managed-settings.json",
  win32: "C:\\Program Files\\ClaudeCode\\managed-settings.json",
};
const OTHER_MANAGED_PLACE = "/etc/claude-code/managed-settings.json";

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * Reads what Claude Code reads at its start: the process environment, the settings files (managed, project-local, of the
 * root of the repository too, project, user; `CLAUDE_CONFIG_DIR`) and the AWS files (`AWS_CONFIG_FILE`, `AWS_SHARED_CREDENTIALS_FILE`). It runs
 * nothing and sends nothing, on Bun, Deno and Node.
 *
 * @example Usage
 * ```ts
 * import { resolveConfig } from "@claude-on-aws/env";
 * import { loadConfigInput } from "@claude-on-aws/env/load";
 * import { equal } from "node:assert/strict";
 *
 * const input = await loadConfigInput({ env: { HOME: "/nowhere" }, directory: "/nowhere", managedSettings: "/nowhere/m" });
 *
 * equal(resolveConfig(input).provider, "anthropic");
 * ```
 *
 * @param options Where to read from, for tests and other users' set-ups.
 * @returns The input of `resolveConfig`. A file that cannot be read or parsed is left out and reported in its
 * `loadProblems`.
 *
 * @see {@link https://code.claude.com/docs/en/settings | Claude Code settings}
 */
export async function loadConfigInput(options: LoadOptions = {}): Promise<ConfigInput> {
  const { env = process.env, maxFileCharacters = 1024 * 1024 } = options;
  const { readText = (path: string) => readTextFile(path, maxFileCharacters) } = options;
  const directory = options.directory ?? process.cwd();
  const home = options.home ?? (env["HOME"] || env["USERPROFILE"] || homedir());
  // One that is empty is the folder of the project.
  const userFolder = resolve(directory, env["CLAUDE_CONFIG_DIR"] ?? join(home, ".claude"));
  const { exists = options.readText === undefined ? isThere : async (path) => (await readText(path)) !== undefined } =
    options;
  const loadProblems: Problem[] = [];

  const read = async (path: string): Promise<string | undefined> => {
    try {
      const text = await readText(path);
      if (text === undefined || text.length <= maxFileCharacters) return text;
      report(path, `it is longer than ${maxFileCharacters} characters`);
    } catch (error) {
      report(path, error instanceof Error ? error.message : String(error));
    }
    return undefined;
  };
  const report = (path: string, reason: string): void => {
    loadProblems.push(describeProblem("settingsUnreadable", { path, reason }));
  };

  const root = (await findRepository(directory, exists)) ?? directory;
  const places: readonly (readonly [SettingsSource, string])[] = [
    ["managed", options.managedSettings ?? MANAGED_PLACES[process.platform] ?? OTHER_MANAGED_PLACE],
    // Where both have a setting, that of the root wins.
    ["project-local", join(root, ".claude", "settings.local.json")],
    ["project-local", join(directory, ".claude", "settings.local.json")],
    ["project", join(directory, ".claude", "settings.json")],
    ["user", join(userFolder, "settings.json")],
  ];
  const texts = await Promise.all(places.map(([, path]) => read(path)));
  const settings: SettingsFile[] = [];
  const seen = new Set<string>();
  const add = (source: SettingsSource, path: string, text: string | undefined): void => {
    // In the home folder, the project's settings are the user's.
    if (text === undefined || text.trim() === "" || seen.has(path)) return;
    seen.add(path);
    try {
      settings.push({ source, value: JSON.parse(text.replace(/^\uFEFF/, "")) });
    } catch {
      report(path, "it is not JSON");
    }
  };
  for (const [index, [source, path]] of places.entries()) add(source, path, texts[index]);
  const movedTo = movedUserFolder(settings);
  if (movedTo !== undefined) {
    const path = join(resolve(directory, movedTo), "settings.json");
    const user = settings.filter(({ source }) => source === "user");
    settings.splice(0, settings.length, ...settings.filter(({ source }) => source !== "user"));
    add("user", path, await read(path));
    // The variables of the first file have been set by then.
    settings.push(...user.map(({ source, value }) => ({ source, value: { env: (value as { env: unknown }).env } })));
  }

  const awsPaths = (files: readonly SettingsFile[]): AwsPaths => {
    const environment = createEnvironment(env, mergeSettings(files), LATEST_CLIENT_VERSION);
    const place = (variable: string, name: string): string => {
      const given = environment.raw(variable)?.value;
      if (given === undefined) return join(home, ".aws", name);
      return given.startsWith("~/") ? join(home, given.slice(2)) : resolve(directory, given);
    };
    return [place("AWS_CONFIG_FILE", "config"), place("AWS_SHARED_CREDENTIALS_FILE", "credentials")];
  };
  const readAwsFiles = async (paths: AwsPaths): Promise<AwsFiles> => {
    const [config, credentials] = await Promise.all(paths.map(read));
    const signedInSessions: string[] = [];
    for (const session of namedSessions([config, credentials])) {
      const name = createHash("sha1").update(session).digest("hex");
      const token = await read(join(home, ".aws", "sso", "cache", `${name}.json`));
      if (token !== undefined) signedInSessions.push(session);
    }
    return { config, credentials, signedInSessions };
  };
  const paths = awsPaths(settings);
  const awsFiles = await readAwsFiles(paths);
  const filesAtStart = settingsAtStart(settings);
  const pathsAtStart = filesAtStart === null ? paths : awsPaths(filesAtStart);
  if (pathsAtStart.every((path, index) => path === paths[index])) return { env, settings, awsFiles, loadProblems };
  return { env, settings, awsFiles, awsFilesAtStart: await readAwsFiles(pathsAtStart), loadProblems };
}

/** Where the configuration and where the credentials are. */
type AwsPaths = readonly [config: string, credentials: string];

/** Finds the root of the repository that a folder lies in: the nearest one with a `.git`, whatever that is. */
async function findRepository(
  directory: string,
  exists: (path: string) => Promise<boolean>,
): Promise<string | undefined> {
  for (let folder = resolve(directory); ; folder = dirname(folder)) {
    if (await exists(join(folder, ".git"))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/** Where the settings of the user say that they are; the client reads them again, from there. */
function movedUserFolder(settings: readonly SettingsFile[]): string | undefined {
  const value = settings.find(({ source }) => source === "user")?.value;
  const env = isObject(value) && findSettingsFault(value) === null ? value["env"] : undefined;
  const folder = isObject(env) ? env["CLAUDE_CONFIG_DIR"] : undefined;
  return typeof folder === "string" ? folder : undefined;
}

function namedSessions(files: readonly (string | undefined)[]): ReadonlySet<string> {
  const sessions = files.flatMap((text) =>
    [...parseAwsFile(text ?? "").values()].flatMap((section) => [
      section.get("sso_session"),
      section.get("sso_start_url"),
    ]),
  );
  return new Set(sessions.filter((session) => session !== undefined));
}
