import { soakProperty } from "@claude-on-aws/fixtures";
import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_JSON_DEPTH, nestsDeeper } from "./nests-deeper.ts";

const nested = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);

test.each([
  [nested(3), 3, false],
  [nested(4), 3, true],
  [`${nested(3)}${nested(3)}`, 3, false],
  [`["[[[[\\"[[[", [[[]]]]`, 4, false],
  [`["\\\\", [[[]]]]`, 3, true],
  ['{"a":{"a":{"a":{}}}}', 3, true],
  ['"[[[[', 3, false],
  ['"[[[[\\', 3, false],
  ["]]]][[[[", 3, false],
  ["", 3, false],
])("%j has more than %i levels: %o", (text, levels, expected) => {
  expect(nestsDeeper(text, levels)).toBe(expected);
});

test("the default is what a stranger may nest", () => {
  expect(nestsDeeper(nested(MAX_JSON_DEPTH))).toBe(false);
  expect(nestsDeeper(nested(MAX_JSON_DEPTH + 1))).toBe(true);
});

test("agrees with a walk through the value", () => {
  const depthOf = (value: unknown): number =>
    typeof value === "object" && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.integer({ min: 0, max: 6 }), (value, levels) => {
      expect(nestsDeeper(JSON.stringify(value), levels)).toBe(depthOf(value) > levels);
    }),
    soakProperty(10_000, 500),
  );
});
