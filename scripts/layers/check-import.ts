import { isBuiltin } from "node:module";
import { DEPENDENCY_SECTIONS, PUBLISHED_SECTIONS } from "./dependency-sections.ts";
import { isWithin } from "./is-within.ts";
import { describeRow, type LayerContext, type LayerRow } from "./layer-context.ts";
import { packageName } from "./package-name.ts";
import type { ModuleImport } from "./parse-imports.ts";
import { resolveRelative } from "./resolve-relative.ts";
import { isPublished, type SourceFile, type SourceMember } from "./source-member.ts";

/** An import, and what it is checked against. */
export interface ImportSite {
  readonly member: SourceMember;
  readonly file: SourceFile;
  readonly found: ModuleImport;
  /** What the member may import. */
  readonly row: LayerRow;
  readonly context: LayerContext;
}

/** The same, as the checks of a single rule need it. */
interface LibraryImport extends ImportSite {
  readonly library: string;
  /** How each message begins. */
  readonly where: string;
  /** Whether it stands in what is published. */
  readonly published: boolean;
}

/**
 * Checks one import against the rules.
 *
 * @param site The import, and what it is checked against.
 * @returns One message for each violation, beginning with the file and the line.
 */
export function checkImport(site: ImportSite): string[] {
  const { member, file, row, context } = site;
  const { specifier, kind, line } = site.found;
  const where = `${member.folder}/${file.path}:${line}: import of "${specifier}"`;
  if (specifier.startsWith(".")) {
    return resolveRelative(file.path, specifier).startsWith("../")
      ? [`${where} leaves ${member.folder}: import the other package by its name`]
      : [];
  }
  const found = { ...site, where, library: packageName(specifier), published: row !== "all" && isPublished(file) };
  // A type of a builtin is fine: nothing is loaded.
  if (isBuiltinModule(specifier)) return kind === "type" ? [] : checkBuiltin(found);
  return [
    ...checkConfined(found),
    ...(context.siblings.has(found.library) ? checkSibling(found) : []),
    ...checkDeclared(found),
  ];
}

function checkBuiltin({ member, file, where, published, context }: LibraryImport): string[] {
  if (!published) return [];
  const exceptions = context.rules.builtinsAllowedIn.filter(({ folder }) => isWithin(member.folder, folder));
  if (exceptions.some(({ files }) => files.test(file.path))) return [];
  const nearby = exceptions.map(({ files, why }) => `. In ${member.folder} only ${files.source} may: ${why}`);
  return [`${where}: a package uses web standards only; take what the builtin gives as an argument${nearby.join("")}`];
}

function checkConfined({ member, file, library, where, published, context }: LibraryImport): string[] {
  if (!published) return [];
  return context.rules.confined
    .filter((rule) => rule.library === library && rule.folder === member.folder)
    .filter((rule) => !rule.to.some((pattern) => pattern.test(file.path)))
    .map((rule) => `${where}: in ${rule.folder} only ${rule.to.map(({ source }) => source).join(", ")} may know it`);
}

function checkSibling({ member, library, where, published, row, context }: LibraryImport): string[] {
  const { name } = member.manifest;
  if (row === "all" || library === name) return [];
  if (library === context.rules.fixtures) {
    return published ? [`${where}: only tests, benches and scripts may read the fixtures`] : [];
  }
  return row.includes(library) ? [] : [`${where}: ${describeRow(name, row, context)}`];
}

function checkDeclared({ member: { manifest }, library, where, published, context }: LibraryImport): string[] {
  // A package may name itself.
  if (library === manifest.name) return [];
  const sections = published ? PUBLISHED_SECTIONS : DEPENDENCY_SECTIONS;
  const declared = sections.some((section) => manifest[section]?.[library] !== undefined);
  if (declared || (!published && context.shared.has(library))) return [];
  return [`${where}: "${library}" is not in ${sections.join(", ")} of package.json`];
}

function isBuiltinModule(specifier: string): boolean {
  return specifier.startsWith("node:") || specifier === "bun" || specifier.startsWith("bun:") || isBuiltin(specifier);
}
