/**
 * Compares two versions of dotted numbers; what a version leaves out counts as zero.
 *
 * @example Usage
 * ```ts
 * import { compareVersions } from "@claude-on-aws/endpoints";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(["2.1.30", "2.1", "2.1.4"].toSorted(compareVersions), ["2.1", "2.1.4", "2.1.30"]);
 * ```
 *
 * @param left One version.
 * @param right The other.
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
