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
    const distance = editDistance(text, name.toLowerCase());
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  return best;
}

/** No name is longer; the work stays bounded whatever was written. */
const MAX_CHARACTERS = 96;

/** How many letters must be inserted, deleted or changed to turn one text into the other. */
function editDistance(first: string, second: string): number {
  let row = Array.from({ length: second.length + 1 }, (_, index) => index);
  for (let i = 1; i <= first.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= second.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (first[i - 1] === second[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
