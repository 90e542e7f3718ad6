import { isBuiltin } from "node:module";
import { posix } from "node:path";
import type { Manifest } from "../shared/read-members.ts";
import { findCycles } from "./find-cycles.ts";
import type { LayerRules } from "./layer-rules.ts";
import type { ModuleImport } from "./parse-imports.ts";
import { isPublished, type SourceFile, type SourceMember } from "./source-member.ts";

const PUBLISHED_SECTIONS = ["dependencies", "peerDependencies", "optionalDependencies"] as const;
const SECTIONS = [...PUBLISHED_SECTIONS, "devDependencies"] as const;

/** What a member is checked against. */
export interface LayerContext {
  readonly rules: LayerRules;
  /** Names of all members of the workspace. */
  readonly siblings: ReadonlySet<string>;
  /** What the root package.json gives to the tests of every member, such as vitest. */
  readonly shared: ReadonlySet<string>;
}

/**
 * Checks one member against the rules.
 *
 * @returns One message for each violation, beginning with the file it is in.
 */
export function checkMember(member: SourceMember, context: LayerContext): string[] {
  const row = context.rules.mayImport[member.manifest.name];
  if (row === undefined) {
    return [
      `${member.folder}/package.json: "${member.manifest.name}" has no row in the table of layers: ` +
        "add one to scripts/layers/layer-rules.ts and to ARCHITECTURE.md",
    ];
  }
  return [
    ...checkDependencies(member, row, context),
    ...member.files.flatMap((file) => file.imports.flatMap((found) => checkImport(member, file, found, row, context))),
    ...checkCycles(member),
  ];
}

function checkDependencies(member: SourceMember, row: readonly string[], context: LayerContext): string[] {
  const { name } = member.manifest;
  return SECTIONS.flatMap((section) =>
    Object.keys(member.manifest[section] ?? {})
      .filter((dependency) => context.siblings.has(dependency))
      .flatMap((sibling) => {
        const where = `${member.folder}/package.json: ${section}`;
        if (sibling === context.rules.fixtures && name !== sibling) {
          if (section === "devDependencies") return [];
          return [
            `${where} has "${sibling}", which only tests, benches and scripts may use: move it to devDependencies`,
          ];
        }
        return row.includes(sibling) ? [] : [`${where} has "${sibling}": ${mayImport(name, row)}`];
      }),
  );
}

function checkImport(
  member: SourceMember,
  file: SourceFile,
  { specifier, kind, line }: ModuleImport,
  row: readonly string[],
  context: LayerContext,
): string[] {
  const where = `${member.folder}/${file.path}:${line}: import of "${specifier}"`;
  if (specifier.startsWith(".")) {
    return resolveRelative(file.path, specifier).startsWith("../")
      ? [`${where} leaves ${member.folder}: import the other package by its name`]
      : [];
  }
  // A type of a builtin is fine: nothing is loaded.
  if (isBuiltinModule(specifier)) return kind === "type" ? [] : checkBuiltin(member, file, where, context);
  const library = packageName(specifier);
  return [
    ...checkConfined(member, file, library, where, context),
    ...(context.siblings.has(library) ? checkSibling(member, file, library, where, row, context) : []),
    ...checkDeclared(member, file, library, where, context),
  ];
}

function checkBuiltin(member: SourceMember, file: SourceFile, where: string, { rules }: LayerContext): string[] {
  const path = `${member.folder}/${file.path}`;
  if (!isPublished(file) || rules.builtinsAllowedIn.some((pattern) => pattern.test(path))) return [];
  return [`${where}: a package uses web standards only; take what the builtin gives as an argument`];
}

function checkConfined(
  member: SourceMember,
  file: SourceFile,
  library: string,
  where: string,
  { rules }: LayerContext,
): string[] {
  return rules.confined
    .filter((rule) => rule.library === library && rule.folder === member.folder && isPublished(file))
    .filter((rule) => !rule.to.some((pattern) => pattern.test(file.path)))
    .map((rule) => `${where}: in ${rule.folder} only ${rule.to.map(({ source }) => source).join(", ")} may know it`);
}

function checkSibling(
  { manifest }: SourceMember,
  file: SourceFile,
  sibling: string,
  where: string,
  row: readonly string[],
  { rules }: LayerContext,
): string[] {
  if (sibling === manifest.name) return [];
  if (sibling === rules.fixtures) {
    return isPublished(file) ? [`${where}: only tests, benches and scripts may read the fixtures`] : [];
  }
  return row.includes(sibling) ? [] : [`${where}: ${mayImport(manifest.name, row)}`];
}

function checkDeclared(
  { manifest }: SourceMember,
  file: SourceFile,
  library: string,
  where: string,
  { shared }: LayerContext,
): string[] {
  // A package may name itself.
  if (library === manifest.name) return [];
  const published = isPublished(file);
  const sections = published ? PUBLISHED_SECTIONS : SECTIONS;
  if (isDeclared(manifest, library, sections) || (!published && shared.has(library))) return [];
  return [`${where}: "${library}" is not in ${sections.join(", ")} of package.json`];
}

function checkCycles({ folder, files }: SourceMember): string[] {
  const graph = new Map(
    files.map(({ path, imports }) => [
      path,
      imports
        .filter(({ specifier, kind }) => kind === "runtime" && specifier.startsWith("."))
        .map(({ specifier }) => resolveRelative(path, specifier)),
    ]),
  );
  return findCycles(graph).map((cycle) => `${folder}: these files import each other: ${cycle.join(" -> ")}`);
}

function isDeclared(manifest: Manifest, library: string, sections: readonly (typeof SECTIONS)[number][]): boolean {
  return sections.some((section) => manifest[section]?.[library] !== undefined);
}

function isBuiltinModule(specifier: string): boolean {
  return specifier.startsWith("node:") || specifier === "bun" || specifier.startsWith("bun:") || isBuiltin(specifier);
}

function packageName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function resolveRelative(path: string, specifier: string): string {
  return posix.join(posix.dirname(path), specifier);
}

function mayImport(name: string, row: readonly string[]): string {
  return `${name} may import ${row.length === 0 ? "no sibling" : `only ${row.join(", ")}`}`;
}
