/**
 * Compares two versions of dotted numbers.
 *
 * @returns Below zero where `left` is the older, above zero where it is the newer, zero where both are the same.
 */
export function compareVersions(left: string, right: string): number {
  const leftParts = left.split(".");
  const rightParts = right.split(".");
  for (let index = 0; index < Math.max(leftParts.length, rightParts.length); index++) {
    const difference = Number(leftParts[index] ?? 0) - Number(rightParts[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
