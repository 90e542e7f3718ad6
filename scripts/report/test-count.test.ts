import { describe, expect, test } from "vitest";
import { addCounts, formatCount } from "./test-count.ts";

describe("addCounts()", () => {
  test("adds each kind for itself", () => {
    const counts = [
      { passed: 10, failed: 0, skipped: 2 },
      { passed: 9, failed: 1, skipped: 0 },
    ];
    expect(addCounts(counts)).toEqual({ passed: 19, failed: 1, skipped: 2 });
  });

  test("gives zeros for nothing", () => {
    expect(addCounts([])).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });
});

test("formatCount() writes the line that CI reads", () => {
  expect(formatCount({ passed: 1, failed: 20, skipped: 300 })).toBe("1 passed, 20 failed, 300 skipped");
});
