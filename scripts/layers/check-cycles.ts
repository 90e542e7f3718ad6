import { findCycles } from "./find-cycles.ts";
import type { LayerContext } from "./layer-context.ts";
import type { ModuleImport } from "./parse-imports.ts";
import { resolveRelative } from "./resolve-relative.ts";
import type { SourceMember } from "./source-member.ts";

/**
 * Checks that the files of a member do not import each other in a circle; types included, unless the rules leave them out
 * for this member.
 *
 * @param member The member with its files.
 * @param context Where the rules are.
 * @returns One message for each circle.
 */
export function checkCycles(member: SourceMember, { rules }: LayerContext): string[] {
  const { folder, manifest } = member;
  const loaded = findFileCycles(member, ({ kind }) => kind === "runtime");
  if (loaded.length > 0 || rules.typeCirclesAllowedIn.includes(manifest.name)) {
    return loaded.map((cycle) => `${folder}: these files import each other: ${cycle.join(" -> ")}`);
  }
  return findFileCycles(member, () => true).map(
    (cycle) => `${folder}: these files import each other, types included: ${cycle.join(" -> ")}`,
  );
}

function findFileCycles({ files }: SourceMember, counts: (found: ModuleImport) => boolean): string[][] {
  return findCycles(
    new Map(
      files.map(({ path, imports }) => [
        path,
        imports
          .filter((found) => counts(found) && found.specifier.startsWith("."))
          .map(({ specifier }) => resolveRelative(path, specifier)),
      ]),
    ),
  );
}
