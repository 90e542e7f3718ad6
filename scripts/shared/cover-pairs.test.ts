import { describe, expect, test } from "vitest";
import { drawParts } from "../../fixtures/cover-pairs.ts";

const FAULTS = ["reset", "cut", "stall", "throttle"];
/** The second and the third value depend on each other: not every pair is there. */
const WAYS = [
  ["a", "whole"],
  ["a", "stream"],
  ["b", "whole"],
  ["b", "stream"],
  ["c", "frames"],
] as const;
const MATRIX = FAULTS.flatMap((fault) => WAYS.map(([service, form]) => ({ fault, service, form })));
const axesOf = ({ fault, service, form }: (typeof MATRIX)[number]) => [fault, service, form];

const pairsOf = (cases: typeof MATRIX): Set<string> =>
  new Set(cases.flatMap((each) => [each.fault + each.service, each.fault + each.form, each.service + each.form]));

describe("drawParts()", () => {
  const parts = drawParts(MATRIX, axesOf, 3).map((part) => [...part]);

  test("has in each part each pair of values that there is, in less than the whole", () => {
    for (const part of parts) {
      expect(pairsOf(part)).toEqual(pairsOf(MATRIX));
      expect(part.length).toBeLessThan(MATRIX.length);
    }
  });

  test("leaves out nothing of all", () => {
    expect(MATRIX.filter((each) => !parts.some((part) => part.includes(each)))).toEqual([]);
    expect(drawParts([1, 2, 3, 4], () => ["same", "same"], 2)).toEqual([
      expect.arrayContaining([expect.any(Number)]),
      expect.arrayContaining([expect.any(Number)]),
    ]);
    expect(
      drawParts([1, 2, 3, 4], () => ["same", "same"], 2)
        .flat()
        .toSorted(),
    ).toEqual([1, 2, 3, 4]);
  });

  test("draws the same each time", () => {
    expect(drawParts(MATRIX, axesOf, 3)).toEqual(parts);
  });
});
