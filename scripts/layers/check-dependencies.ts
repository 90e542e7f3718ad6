import { DEPENDENCY_SECTIONS } from "./dependency-sections.ts";
import { describeRow, type LayerContext } from "./layer-context.ts";
import type { SourceMember } from "./source-member.ts";

/**
 * Checks that the package.json of a member names only siblings that it may import.
 *
 * @param member The member.
 * @param row What it may import.
 * @param context What it is checked against.
 * @returns One message for each violation.
 */
export function checkDependencies(
  { folder, manifest }: SourceMember,
  row: readonly string[],
  context: LayerContext,
): string[] {
  return DEPENDENCY_SECTIONS.flatMap((section) =>
    Object.keys(manifest[section] ?? {})
      .filter((dependency) => context.siblings.has(dependency))
      .flatMap((sibling) => {
        const where = `${folder}/package.json: ${section} has "${sibling}"`;
        if (sibling === context.rules.fixtures && manifest.name !== sibling) {
          if (section === "devDependencies") return [];
          return [`${where}, which only tests, benches and scripts may use: move it to devDependencies`];
        }
        return row.includes(sibling) ? [] : [`${where}: ${describeRow(manifest.name, row, context)}`];
      }),
  );
}
