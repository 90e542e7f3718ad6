import { describe, expect, test } from "vitest";
import { writeTimes } from "./write-times.ts";

const times = {
  startMs: 1234,
  totalMs: 170_400,
  steps: [
    ["build", 5600],
    ["tests on Bun", 49_300],
  ],
  tests: 23_328,
  cores: 2,
  date: new Date("2026-11-29T12:00:00Z"),
} as const;

const BEGIN = "<!-- times: written by pnpm test --write-times -->";

describe("writeTimes()", () => {
  const text = `before\n\n${BEGIN}\n\nold\n\n<!-- end times -->\n\nafter\n`;

  test("puts the times between the marks, again and again", () => {
    const once = writeTimes(text, times);
    expect(once).toContain("`start` answers after 1.2 s");
    expect(once).toContain("170 s with 23,328 tests in three runs: build 6 s, tests on Bun 49 s");
    expect(once).toMatch(/^before\n/);
    expect(once).toMatch(/\nafter\n$/);
    expect(once).not.toContain("old");
    expect(writeTimes(once, times)).toBe(once);
  });

  test.each(["", BEGIN, `<!-- end times -->${BEGIN}`])("says what is missing of %j", (bad) => {
    expect(() => writeTimes(bad, times)).toThrow("Cannot write the times");
  });
});
