import type { BodyEdit } from "./edit-body.ts";
import type { FoundPath } from "./find-paths.ts";

/**
 * Takes members out of the objects that hold them, each with one of the commas beside it, so that what is left is JSON.
 *
 * @param members What to take out, in the order of the body; none inside of another one.
 * @returns The edits, in the order of the body.
 */
export function removeMembers(members: readonly FoundPath[]): BodyEdit[] {
  /** Where the last one of each holder ended: beginning with the first of a holder, all were taken out up to there. */
  const takenUpTo = new Map<number, number | null>();
  return members.map(({ holder, previousEnd, start, valueEnd, nextStart }) => {
    const isLeading = previousEnd === null || takenUpTo.get(holder) === previousEnd;
    if (isLeading) takenUpTo.set(holder, valueEnd);
    const edit = isLeading ? { start, end: nextStart ?? valueEnd } : { start: previousEnd, end: valueEnd };
    return { ...edit, json: "" };
  });
}
