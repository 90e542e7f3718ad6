import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type CommandResult, runCommand } from "../shared/run-command.ts";

/** A package of npm that is wanted as it is. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** Subresource integrity of its tarball, as npm's registry gives it. */
  readonly integrity: string;
  /**
   * The file in it that is used.
   *
   * @default {"claude"}
   */
  readonly file?: string;
}

/** Options for {@link installProgram}. */
export interface InstallProgramOptions {
  /** The package that is wanted, and its release. */
  readonly wanted: InstalledPackage;
  /** Folder that it is kept in between runs. */
  readonly folder: string;
  /** Environment of npm: its configuration decides which registry is asked. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Told how many bytes have been unpacked, about once a second. */
  readonly onProgress: (bytes: number) => void;
  /**
   * Runs npm.
   *
   * @default {runCommand}
   */
  readonly run?: typeof runCommand | undefined;
}

/** Where the program is, and whether it had to be fetched. */
export interface InstalledProgram {
  readonly path: string;
  readonly downloaded: boolean;
}

const DOWNLOAD_TIME_LIMIT_MS = 540_000;
const PROGRESS_INTERVAL_MS = 1_000;

/**
 * Puts the program into its folder, unless it is there: through npm, by exact version, without running any script of the
 * package. npm checks the tarball against the integrity that its registry gives; that is checked against the table.
 *
 * @throws Error where npm fails, or hands over something other than what the table names.
 */
export async function installProgram(options: InstallProgramOptions): Promise<InstalledProgram> {
  const { wanted, folder, environment, onProgress, run = runCommand } = options;
  const path = programPath(folder, wanted);
  if (await isInstalled(folder, wanted)) return { path, downloaded: false };

  // Beside its place, so that what is interrupted is never taken for whole.
  const unfinished = `${folder}.${process.pid}`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  const progress = setInterval(
    () => void reportSize(programPath(unfinished, wanted), onProgress),
    PROGRESS_INTERVAL_MS,
  );
  try {
    await writeFile(join(unfinished, "package.json"), '{ "private": true }\n');
    const result = await run(npmCommand(unfinished, wanted), {
      folder: unfinished,
      environment,
      timeLimitMs: DOWNLOAD_TIME_LIMIT_MS,
    });
    await checkInstalled(unfinished, wanted, result);
    await rm(folder, { recursive: true, force: true });
    await rename(unfinished, folder);
  } finally {
    clearInterval(progress);
    await rm(unfinished, { recursive: true, force: true });
  }
  return { path, downloaded: true };
}

/** The command that fetches a package into a folder and nothing else. */
export function npmCommand(folder: string, { name, version }: InstalledPackage): readonly string[] {
  return [
    "npm",
    "install",
    `--prefix=${folder}`,
    "--ignore-scripts",
    // The Agent SDK's are the program itself, for each kind of machine.
    "--omit=optional",
    "--no-audit",
    "--no-fund",
    "--no-package-lock",
    "--no-save",
    "--no-update-notifier",
    "--loglevel=error",
    `${name}@${version}`,
  ];
}

/** Whether a folder holds the very package. */
async function isInstalled(folder: string, wanted: InstalledPackage): Promise<boolean> {
  return existsSync(programPath(folder, wanted)) && (await readIntegrity(folder, wanted)) === wanted.integrity;
}

async function checkInstalled(folder: string, wanted: InstalledPackage, result: CommandResult): Promise<void> {
  const title = `${wanted.name}@${wanted.version}`;
  if (result.status !== 0) {
    throw new Error(`Cannot install ${title}: npm ended with status ${result.status}.\n${result.output.trim()}`);
  }
  const integrity = await readIntegrity(folder, wanted);
  if (integrity !== wanted.integrity) {
    throw new Error(
      `Cannot use ${title}: npm's registry gives the integrity ${integrity ?? "(none)"}, the table of platform packages expects ${wanted.integrity}. Compare both with \`npm view ${title} dist.integrity\`.`,
    );
  }
  if (!existsSync(programPath(folder, wanted))) {
    throw new Error(`Cannot use ${title}: it holds no file "${wanted.file ?? "claude"}"`);
  }
}

/** npm notes what it put there in a lockfile inside node_modules. */
async function readIntegrity(folder: string, { name, version }: InstalledPackage): Promise<string | undefined> {
  try {
    const lockfile = JSON.parse(await readFile(join(folder, "node_modules/.package-lock.json"), "utf8")) as {
      readonly packages?: Readonly<Record<string, { readonly version?: string; readonly integrity?: string }>>;
    };
    const entry = lockfile.packages?.[`node_modules/${name}`];
    return entry?.version === version ? entry.integrity : undefined;
  } catch {
    return undefined;
  }
}

const programPath = (folder: string, { name, file = "claude" }: InstalledPackage): string =>
  join(folder, "node_modules", name, file);

async function reportSize(path: string, onProgress: (bytes: number) => void): Promise<void> {
  const size = await stat(path).then(
    (file) => file.size,
    () => 0,
  );
  onProgress(size);
}
