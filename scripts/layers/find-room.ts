import { isWithin } from "./is-within.ts";
import type { Floor } from "./layer-rules.ts";

/** A room and the floor it is on. */
export interface Room {
  /** A folder such as `src/terms/`, or a single file. */
  readonly path: string;
  /** Counted from 1, the ground floor. */
  readonly floor: number;
}

/**
 * Numbers the floors of a member.
 *
 * @param floors From the ground up.
 * @returns Its rooms in the same order.
 */
export function numberRooms(floors: readonly Floor[]): Room[] {
  return floors.flatMap((rooms, index) => rooms.map((path) => ({ path, floor: index + 1 })));
}

/**
 * Finds the room that a file belongs to: of those that it is in, the innermost.
 *
 * @param rooms The rooms of its member.
 * @param path The file, from the folder of the member.
 * @returns The room; undefined where it is in none.
 */
export function findRoom(rooms: readonly Room[], path: string): Room | undefined {
  let innermost: Room | undefined;
  for (const room of rooms) {
    if (isWithin(path, room.path) && room.path.length > (innermost?.path.length ?? 0)) innermost = room;
  }
  return innermost;
}
