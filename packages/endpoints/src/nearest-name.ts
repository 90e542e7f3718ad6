/**
 * Finds the name in a list that a wrong one was most likely meant to be.
 *
 * @example Usage
 * ```ts
 * import { nearestName } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * equal(nearestName("InvokeModle", ["Converse", "InvokeModel"]), "InvokeModel");
 * equal(nearestName("Retrieve", ["Converse", "InvokeModel"]), undefined);
 * ```
 *
 * @param wrong The name as it was written; case does not matter.
 * @param names The names that exist.
 * @returns The nearest; `undefined` if more than a third of the letters differ from each.
 */
export function nearestName(wrong: string, names: Iterable<string>): string | undefined {
  const text = wrong.slice(0, MAX_CHARACTERS).toLowerCase();
  let best: string | undefined;
  // Two letters that changed places count as two changes, in a short name too.
  let least = Math.max(text.length > 3 ? 2 : 1, Math.floor(text.length / 3)) + 1;
  for (const name of names) {
    if (Math.abs(name.length - text.length) >= least) continue;
    const distance = editDistance(text, name.toLowerCase(), least);
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  return best;
}

/** No name is longer; the work stays bounded whatever was written. */
const MAX_CHARACTERS = 96;

/** How many letters must be inserted, deleted or changed to turn one text into the other; no more than `limit` are counted. */
function editDistance(first: string, second: string, limit: number): number {
  let row = Uint16Array.from({ length: second.length + 1 }, (_, index) => index);
  let next = new Uint16Array(second.length + 1);
  for (let i = 1; i <= first.length; i += 1) {
    const letter = first.charCodeAt(i - 1);
    let least = i;
    next[0] = i;
    for (let j = 1; j <= second.length; j += 1) {
      const changed = row[j - 1]! + (letter === second.charCodeAt(j - 1) ? 0 : 1);
      const moved = Math.min(row[j]!, next[j - 1]!) + 1;
      const distance = Math.min(changed, moved);
      next[j] = distance;
      if (distance < least) least = distance;
    }
    // What follows only adds to the least of a row.
    if (least >= limit) return limit;
    [row, next] = [next, row];
  }
  return row[second.length] ?? 0;
}
