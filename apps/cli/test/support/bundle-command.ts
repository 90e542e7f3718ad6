import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const BIN = fileURLToPath(new URL("../../src/bin.ts", import.meta.url));
const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
/** Says which version of each library is meant. */
const LOCKFILE = join(ROOT, "pnpm-lock.yaml");

/** Always the same, so that what Node compiles of it is kept for the next start. */
const BUNDLE = fileURLToPath(new URL("../../node_modules/.cache/bundled-command/bin.mjs", import.meta.url));
const RECORD = join(dirname(BUNDLE), "record.json");

/** What a bundle was made of, and when. */
interface BundleRecord {
  readonly startedAt: number;
  /** Every file that it was made of. */
  readonly inputs: readonly string[];
}

/**
 * Makes one file of the command line as it is now: it starts in a third of the time that hundreds of source files take.
 * What was made before is kept until a file changes that it was made of.
 *
 * @returns Path of the file.
 */
export function bundleCommand(): string {
  if (isCurrent()) return BUNDLE;
  const folder = dirname(BUNDLE);
  mkdirSync(folder, { recursive: true });
  const own = mkdtempSync(join(folder, "new-"));
  try {
    const startedAt = Date.now();
    const outfile = join(own, "bin.mjs");
    const { metafile } = buildSync({
      entryPoints: [BIN],
      outfile,
      absWorkingDir: ROOT,
      bundle: true,
      metafile: true,
      platform: "node",
      format: "esm",
      target: "es2023",
    });
    const inputs = [LOCKFILE, ...Object.keys(metafile.inputs).map((file) => resolve(ROOT, file))];
    writeFileSync(join(own, "record.json"), JSON.stringify({ startedAt, inputs } satisfies BundleRecord));
    // Renamed: another process may be starting the one before. The bundle first: a record speaks of what is there.
    renameSync(outfile, BUNDLE);
    renameSync(join(own, "record.json"), RECORD);
  } finally {
    rmSync(own, { recursive: true });
  }
  return BUNDLE;
}

function isCurrent(): boolean {
  try {
    const { startedAt, inputs } = JSON.parse(readFileSync(RECORD, "utf8")) as BundleRecord;
    return existsSync(BUNDLE) && inputs.every((file) => statSync(file).mtimeMs < startedAt);
  } catch {
    // None was made yet, or a file that it was made of is gone.
    return false;
  }
}
