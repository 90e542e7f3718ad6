import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compareVersions } from "../../packages/endpoints/src/index.ts";

type Integrities = Readonly<Record<string, string>>;

/** Release → package → integrity of its tarball, as `npm view NAME@VERSION dist.integrity` gives it. */
const RELEASES_FILE = fileURLToPath(new URL("known-releases.json", import.meta.url));
const RELEASES = JSON.parse(readFileSync(RELEASES_FILE, "utf8")) as Readonly<Record<string, Integrities>>;

/** The newest release that somebody has let run. */
export const NEWEST_RELEASE: string = Object.keys(RELEASES).toSorted(compareVersions).at(-1) ?? "";

/** The integrities of a release; `undefined` where nobody has let it run. */
export function releaseIntegrities(version: string): Integrities | undefined {
  return Object.hasOwn(RELEASES, version) ? RELEASES[version] : undefined;
}

/**
 * Adds a release to the table; the newest one in it is run from then on.
 *
 * @param version The release.
 * @param integrities Package → integrity.
 * @param file The table's file.
 */
export function addRelease(version: string, integrities: Integrities, file: string = RELEASES_FILE): void {
  const releases = {
    ...(JSON.parse(readFileSync(file, "utf8")) as Record<string, Integrities>),
    [version]: integrities,
  };
  const sorted = Object.keys(releases).toSorted(compareVersions);
  const text = JSON.stringify(Object.fromEntries(sorted.map((key) => [key, releases[key]])), undefined, 2);
  writeFileSync(file, `${text}\n`);
}
