import { isDeepStrictEqual } from "node:util";
import { type Entry, isModule, type PackageManifests, parseEntries, parsePrograms } from "./package-manifests.ts";

const REQUIRED_FILES = ["LICENSE", "README.md", "CHANGELOG.md"];

/**
 * Checks that a member describes the same package to npm and to JSR, and that what it names is there.
 *
 * @param exists Whether a file is in the member's folder, by its path from there.
 * @returns What is wrong.
 */
export function checkManifests(
  { manifest, denoManifest }: PackageManifests,
  exists: (path: string) => boolean,
): string[] {
  const entries = parseEntries(manifest.exports);
  const packed = parseEntries(manifest.publishConfig?.exports);
  const programs = parsePrograms(manifest, manifest.bin);
  const packedPrograms = parsePrograms(manifest, manifest.publishConfig?.bin);
  return [
    ...REQUIRED_FILES.filter((path) => !exists(path)).map((path) => `${path} is missing`),
    ...(manifest.license === "MIT" ? [] : [`package.json: license is ${quote(manifest.license)}, expected "MIT"`]),
    ...checkDenoManifest({ manifest, denoManifest }, entries),
    ...(entries.length === 0 ? ["package.json: exports names no entry"] : []),
    ...missing("exports", filesOf(entries), exists, "no such file"),
    ...missing("bin", Object.values(programs), exists, "no such file"),
    ...sameKeys("publishConfig.exports", subpaths(packed), "exports", subpaths(entries)),
    ...sameKeys("publishConfig.bin", Object.keys(packedPrograms), "bin", Object.keys(programs)),
    ...packed
      .filter((entry) => isModule(entry))
      .filter(({ files }) => Object.keys(files)[0] !== "types" || files["default"] === undefined)
      .map(({ subpath }) => `package.json: publishConfig.exports "${subpath}" needs "types" first, and "default"`),
    ...missing("publishConfig.exports", filesOf(packed), exists, "the build makes no such file"),
    ...missing("publishConfig.bin", Object.values(packedPrograms), exists, "the build makes no such file"),
  ];
}

function checkDenoManifest({ manifest, denoManifest }: PackageManifests, entries: readonly Entry[]): string[] {
  if (denoManifest === undefined) return ["deno.json is missing"];
  const problems: string[] = [];
  if (denoManifest.version !== manifest.version) {
    problems.push(`deno.json: version is ${quote(denoManifest.version)}, package.json has ${quote(manifest.version)}`);
  }
  if (denoManifest.license !== manifest.license) {
    problems.push(`deno.json: license is ${quote(denoManifest.license)}, package.json has ${quote(manifest.license)}`);
  }
  const denoEntries = parseEntries(denoManifest.exports);
  if (!isDeepStrictEqual(byPath(denoEntries), byPath(entries))) {
    problems.push(
      `deno.json: exports are ${JSON.stringify(byPath(denoEntries))}, package.json has ${JSON.stringify(byPath(entries))}`,
    );
  }
  return problems;
}

function sameKeys(name: string, found: readonly string[], other: string, expected: readonly string[]): string[] {
  if (isDeepStrictEqual(found.toSorted(), expected.toSorted())) return [];
  return [
    `package.json: ${name} names ${found.join(", ") || "nothing"}, ${other} names ${expected.join(", ") || "nothing"}`,
  ];
}

function missing(name: string, paths: readonly string[], exists: (path: string) => boolean, problem: string): string[] {
  return paths.filter((path) => !exists(path)).map((path) => `package.json: ${name} has "${path}": ${problem}`);
}

function byPath(entries: readonly Entry[]): Record<string, unknown> {
  return Object.fromEntries(entries.map(({ subpath, files }) => [subpath, files["default"] ?? files]));
}

function filesOf(entries: readonly Entry[]): string[] {
  return entries.flatMap(({ files }) => Object.values(files));
}

function subpaths(entries: readonly Entry[]): string[] {
  return entries.map(({ subpath }) => subpath);
}

function quote(text: string | undefined): string {
  return text === undefined ? "missing" : `"${text}"`;
}
