/**
 * Compares two texts in a time that depends only on their lengths.
 *
 * @param a One text.
 * @param b The other.
 * @returns Whether they are equal.
 */
export function equalInConstantTime(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let index = 0; index < a.length; index++) {
    // Past the end of `b` the code is NaN, which counts as 0; the lengths differ then.
    difference |= a.charCodeAt(index) ^ b.charCodeAt(index);
  }
  return difference === 0;
}
