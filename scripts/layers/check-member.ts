import { checkCycles } from "./check-cycles.ts";
import { checkDependencies } from "./check-dependencies.ts";
import { checkImport } from "./check-import.ts";
import { checkRooms } from "./check-rooms.ts";
import { isWithin } from "./is-within.ts";
import type { LayerContext, LayerRow } from "./layer-context.ts";
import type { SourceMember } from "./source-member.ts";

/**
 * Checks one member against the rules.
 *
 * @param member The member with its files.
 * @param context What it is checked against.
 * @returns One message for each violation, beginning with the file it is in.
 */
export function checkMember(member: SourceMember, context: LayerContext): string[] {
  const { rules } = context;
  const { name, private: isPrivate } = member.manifest;
  const free = rules.mayImportAll.find(({ folder }) => isWithin(member.folder, folder));
  if (free !== undefined) {
    const problem =
      `${member.folder}/package.json: "${name}" may import all members (${free.why}), ` +
      'so that it cannot be published: set "private": true';
    return [...(isPrivate === true ? [] : [problem]), ...checkSources(member, "all", context)];
  }
  const row = rules.mayImport[name];
  if (row === undefined) {
    return [
      `${member.folder}/package.json: "${name}" has no row in the table of layers: ` +
        "add one to scripts/layers/layer-rules.ts, and run check:layers --write",
    ];
  }
  const floors = rules.rooms[name];
  return [
    ...checkDependencies(member, row, context),
    ...checkSources(member, row, context),
    ...(floors === undefined ? [] : checkRooms(member, floors)),
  ];
}

function checkSources(member: SourceMember, row: LayerRow, context: LayerContext): string[] {
  return [
    ...member.files.flatMap((file) =>
      file.imports.flatMap((found) => checkImport({ member, file, found, row, context })),
    ),
    ...checkCycles(member, context),
  ];
}
