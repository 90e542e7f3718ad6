/**
 * Finds the longest text that one text ends with and another begins with. Each character is looked at a few times, however
 * much of the two repeats itself.
 *
 * @returns Its length; 0 where there is none.
 * @see {@link https://doi.org/10.1137/0206024 | Knuth, Morris and Pratt, Fast pattern matching in strings}
 */
export function lengthOfOverlap(ending: string, beginning: string): number {
  const end = ending.slice(-beginning.length);
  const shorter = shorterOverlaps(beginning);
  let length = 0;
  for (let at = 0; at < end.length; at++) {
    while (length > 0 && (length === beginning.length || beginning[length] !== end[at])) length = shorter[length] ?? 0;
    if (beginning[length] === end[at]) length++;
  }
  return length;
}

/** For each length of a beginning, the longest shorter one that it ends with. */
function shorterOverlaps(text: string): Uint32Array {
  const shorter = new Uint32Array(text.length + 1);
  let length = 0;
  for (let at = 1; at < text.length; at++) {
    while (length > 0 && text[at] !== text[length]) length = shorter[length] ?? 0;
    if (text[at] === text[length]) length++;
    shorter[at + 1] = length;
  }
  return shorter;
}
