import { findCycles } from "./find-cycles.ts";
import { findRoom, numberRooms, type Room } from "./find-room.ts";
import type { Floor } from "./layer-rules.ts";
import { packageName } from "./package-name.ts";
import type { ModuleImport } from "./parse-imports.ts";
import { resolveRelative } from "./resolve-relative.ts";
import { isPublished, type SourceFile, type SourceMember } from "./source-member.ts";

/** An import that leads from one room into another. */
interface Arrow {
  readonly file: SourceFile;
  readonly found: ModuleImport;
  readonly from: Room;
  readonly to: Room;
}

/**
 * Checks that each published file of a member has a room, and that no import leads up, sideways or round in a circle,
 * types included.
 *
 * @param member The member with its files.
 * @param floors Its rooms, from the ground floor up.
 * @returns One message for each violation, beginning with the file or the member it is in.
 */
export function checkRooms(member: SourceMember, floors: readonly Floor[]): string[] {
  const rooms = numberRooms(floors);
  const files = member.files.filter(isPublished);
  const arrows = files.flatMap((file) => arrowsFrom(file, rooms));
  return [
    ...checkList(member, rooms, files),
    ...files.flatMap((file) => checkOwnName(member, file)),
    ...arrows.filter(({ from, to }) => to.floor >= from.floor).map((arrow) => describeArrow(member, arrow)),
    ...findRoomCycles(rooms, arrows).map(
      (cycle) => `${member.folder}: these rooms import each other, types included: ${cycle.join(" -> ")}`,
    ),
  ];
}

function arrowsFrom(file: SourceFile, rooms: readonly Room[]): Arrow[] {
  const from = findRoom(rooms, file.path);
  if (from === undefined) return [];
  return file.imports
    .filter(({ specifier }) => specifier.startsWith("."))
    .flatMap((found) => {
      const to = findRoom(rooms, resolveRelative(file.path, found.specifier));
      return to === undefined || to === from ? [] : [{ file, found, from, to }];
    });
}

function checkList({ folder }: SourceMember, rooms: readonly Room[], files: readonly SourceFile[]): string[] {
  const homes = new Map(files.map(({ path }) => [path, findRoom(rooms, path)]));
  const used = new Set(homes.values());
  return [
    ...rooms
      .filter((room) => !used.has(room))
      .map(
        ({ path }) => `${folder}: no file is left for the room "${path}": take it out of scripts/layers/layer-rules.ts`,
      ),
    ...files
      .filter(({ path }) => homes.get(path) === undefined)
      .map(
        ({ path }) => `${folder}/${path} is in no room: move it into one, or list it in scripts/layers/layer-rules.ts`,
      ),
  ];
}

/** By its own name a member can import what lies above, and no room would be seen. */
function checkOwnName({ folder, manifest }: SourceMember, { path, imports }: SourceFile): string[] {
  return imports
    .filter(({ specifier }) => packageName(specifier) === manifest.name)
    .map(
      ({ specifier, line }) =>
        `${folder}/${path}:${line}: import of "${specifier}" by the package's own name hides its room: import the file`,
    );
}

function describeArrow({ folder }: SourceMember, { file, found, from, to }: Arrow): string {
  const what = `${folder}/${file.path}:${found.line}: ${found.kind === "type" ? "type import" : "import"} of "${found.specifier}"`;
  return to.floor === from.floor
    ? `${what} goes sideways: ${from.path} and ${to.path} share floor ${from.floor}. ` +
        "Move what both need to a floor below, or give one of them a floor of its own"
    : `${what} goes up: from ${from.path} on floor ${from.floor} to ${to.path} on floor ${to.floor}. ` +
        "Move what both need to a floor below, or let the upper room hand it down as an argument";
}

function findRoomCycles(rooms: readonly Room[], arrows: readonly Arrow[]): string[][] {
  return findCycles(
    new Map(
      rooms.map((room) => [
        room.path,
        [...new Set(arrows.filter(({ from }) => from === room).map(({ to }) => to.path))],
      ]),
    ),
  );
}
