import type { Manifest } from "../shared/read-members.ts";
import { parseEntries, parsePrograms } from "./package-manifests.ts";

const SECTIONS = ["dependencies", "peerDependencies", "optionalDependencies"] as const;
const TEST_FILE = /\.(?:test|bench)\.|(?:^|\/)(?:test|bench|fixtures)\//;
/** Protocols that only a workspace understands. */
const WORKSPACE_RANGE = /^(?:workspace|catalog|link|file):/;
/** A user who has another version of the same library would have both. */
const ONE_VERSION = /^=?\s*v?\d+\.\d+\.\d+/;

/**
 * Checks what a packed package holds.
 *
 * @param manifest Its package.json as packed.
 * @param files Its files, by their paths in the package.
 * @returns What is wrong.
 */
export function checkPacked(manifest: Manifest, files: readonly string[]): string[] {
  const targets = [
    ...parseEntries(manifest.exports).flatMap((entry) => Object.values(entry.files)),
    ...Object.values(parsePrograms(manifest, manifest.bin)),
  ];
  return [
    ...files.filter((path) => TEST_FILE.test(path)).map((path) => `packed ${path}, which is for tests`),
    ...files.filter((path) => path.startsWith("src/")).map((path) => `packed ${path}, which is source`),
    ...targets
      .filter((path) => !files.includes(path.replace(/^\.\//, "")))
      .map((path) => `packed package.json names ${path}, which is not packed`),
    ...rangesOf(manifest, WORKSPACE_RANGE),
    ...rangesOf(manifest, ONE_VERSION).map((found) => `${found}, which is one version: give a range`),
  ];
}

function rangesOf(manifest: Manifest, pattern: RegExp): string[] {
  return SECTIONS.flatMap((section) =>
    Object.entries(manifest[section] ?? {})
      .filter(([, range]) => pattern.test(range))
      .map(([name, range]) => `packed package.json: ${section} has "${name}": "${range}"`),
  );
}
