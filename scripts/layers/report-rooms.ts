import { checkRooms } from "./check-rooms.ts";
import type { Floor } from "./layer-rules.ts";
import type { SourceMember } from "./source-member.ts";

/**
 * Says in which order the rooms of a member are, and whether they keep to it.
 *
 * @param member The member with its files.
 * @param floors Its rooms, from the ground floor up.
 * @returns Lines for the terminal: a title, one for each floor, and the verdict.
 */
export function reportRooms(member: SourceMember, floors: readonly Floor[]): string[] {
  const violations = checkRooms(member, floors).length;
  return [
    `Rooms of ${member.manifest.name}, from the ground floor up:`,
    ...floors.map((rooms, index) => `${String(index + 1).padStart(3)}  ${rooms.join("  ")}`),
    violations === 0
      ? "     no import leads up, and there is no circle of rooms, types included"
      : `     ${violations} violations of this order`,
  ];
}
