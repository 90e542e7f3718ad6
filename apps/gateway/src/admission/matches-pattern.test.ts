import { expect, test } from "vitest";
import { matchesPattern } from "./matches-pattern.ts";

test.each([
  ["claude-haiku-*", "Claude-Haiku-4-5", true],
  ["Claude-*-5", "claude-haiku-4-5", true],
  ["Claude-*-5", "claude-haiku-4-6", false],
])("%j of %j, whatever the case: %j", (pattern, text, expected) => {
  expect(matchesPattern(pattern, text)).toBe(expected);
});
