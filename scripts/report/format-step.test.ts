import { describe, expect, test } from "vitest";
import { formatStep } from "./format-step.ts";

describe("formatStep()", () => {
  test("says name, verdict and seconds", () => {
    expect(formatStep({ name: "lint", ok: true, elapsedMs: 1234 }, false)).toBe("lint             ok       1.2 s");
    expect(formatStep({ name: "build", ok: false, elapsedMs: 61_000 }, false)).toBe("build            failed  61.0 s");
  });

  test("puts a note after it", () => {
    expect(formatStep({ name: "lint", ok: true, elapsedMs: 0, note: "3 passed" }, false)).toMatch(/ s {3}3 passed$/);
  });

  test("colours the verdict only where asked", () => {
    const step = { name: "lint", ok: false, elapsedMs: 0 };
    expect(formatStep(step, true)).toContain("\u001B[31mfailed\u001B[39m");
    expect(formatStep(step, false)).not.toContain("\u001B");
  });
});
