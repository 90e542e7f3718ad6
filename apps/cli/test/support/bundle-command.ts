import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const BIN = fileURLToPath(new URL("../../src/bin.ts", import.meta.url));
const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
/** Says which version of each library is meant. */
const LOCKFILE = join(ROOT, "pnpm-lock.yaml");

/** Always the same, so that what Node compiles of it is kept for the next start. */
const FOLDER = fileURLToPath(new URL("../../node_modules/.cache/bundled-command/", import.meta.url));
const ENTRY = "bin.mjs";
const BUNDLE = join(FOLDER, ENTRY);
const RECORD = join(FOLDER, "record.json");
const IMPORTS = join(FOLDER, "imports.json");

/** What a bundle was made of, and when. */
interface BundleRecord {
  readonly startedAt: number;
  /** Every file that it was made of. */
  readonly inputs: readonly string[];
  /** Names of the files that it is. */
  readonly outputs: readonly string[];
}

/** What each file of a bundle imports, by its path from the root: whether it is loaded with it, or when it is asked for. */
export type BundledImports = Readonly<Record<string, readonly { readonly path: string; readonly kind: string }[]>>;

/**
 * Reads what imports what in the command line as it is now.
 *
 * @returns The imports of each of its files.
 */
export function bundledImports(): BundledImports {
  bundleCommand();
  return JSON.parse(readFileSync(IMPORTS, "utf8")) as BundledImports;
}

/**
 * Makes a few files of the command line as it is now, of which a command reads those that it needs: it starts in a fourth of
 * the time that hundreds of source files take. What was made before is kept until a file changes that it was made of.
 *
 * @returns Path of the file that is run.
 */
export function bundleCommand(): string {
  const before = readRecord();
  if (before !== undefined && isCurrent(before)) return BUNDLE;
  mkdirSync(FOLDER, { recursive: true });
  const own = mkdtempSync(join(FOLDER, "new-"));
  try {
    const startedAt = Date.now();
    const { metafile } = buildSync({
      entryPoints: [BIN],
      outdir: own,
      outExtension: { ".js": ".mjs" },
      absWorkingDir: ROOT,
      bundle: true,
      splitting: true,
      // Names stay: errors and stacks show them.
      minifySyntax: true,
      minifyWhitespace: true,
      metafile: true,
      platform: "node",
      format: "esm",
      target: "es2023",
    });
    const inputs = [LOCKFILE, ...Object.keys(metafile.inputs).map((file) => resolve(ROOT, file))];
    const outputs = Object.keys(metafile.outputs).map((file) => basename(file));
    // Renamed: another process may be starting the one before. What is imported first, then what imports it, then the record
    // that speaks of them.
    for (const name of [...outputs.filter((each) => each !== ENTRY), ENTRY]) {
      renameSync(join(own, name), join(FOLDER, name));
    }
    const imports = Object.entries(metafile.inputs).map(([file, input]) => [file, input.imports] as const);
    writeFileSync(join(own, "imports.json"), JSON.stringify(Object.fromEntries(imports) satisfies BundledImports));
    renameSync(join(own, "imports.json"), IMPORTS);
    writeFileSync(join(own, "record.json"), JSON.stringify({ startedAt, inputs, outputs } satisfies BundleRecord));
    renameSync(join(own, "record.json"), RECORD);
    removeAllBut([...outputs, ...(before?.outputs ?? [])]);
  } finally {
    rmSync(own, { recursive: true });
  }
  return BUNDLE;
}

/** What stays of bundles before the last two: nobody is starting those any more. */
function removeAllBut(names: readonly string[]): void {
  const kept = new Set(names);
  const old = readdirSync(FOLDER).filter((name) => name.endsWith(".mjs") && !kept.has(name));
  for (const name of old) rmSync(join(FOLDER, name), { force: true });
}

function readRecord(): BundleRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(RECORD, "utf8")) as Partial<BundleRecord>;
    // What an earlier state of this file wrote down names no outputs.
    return record.outputs === undefined ? undefined : (record as BundleRecord);
  } catch {
    // None was made yet.
    return undefined;
  }
}

function isCurrent({ startedAt, inputs, outputs }: BundleRecord): boolean {
  try {
    return (
      [...outputs, IMPORTS].every((name) => existsSync(resolve(FOLDER, name))) &&
      inputs.every((file) => statSync(file).mtimeMs < startedAt)
    );
  } catch {
    // A file that it was made of is gone.
    return false;
  }
}
