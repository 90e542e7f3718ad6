import { expect, test } from "vitest";
import { matchesPattern } from "./matches-pattern.ts";

test.each([
  ["*", "", true],
  ["*", "anything", true],
  ["claude-haiku-*", "claude-haiku-4-5", true],
  ["claude-haiku-*", "Claude-Haiku-4-5", true],
  ["claude-haiku-*", "claude-opus-5", false],
  ["claude-haiku-*", "x claude-haiku-4-5", false],
  ["*haiku*5", "claude-haiku-4-5", true],
  ["*haiku*5", "claude-haiku-4-6", false],
  ["a*a", "a", false],
  ["a*a", "aa", true],
  ["a**b", "ab", true],
  ["opus", "opus", true],
  ["opus", "opus ", false],
  [".*", "x", false],
])("%j of %j: %j", (pattern, text, expected) => {
  expect(matchesPattern(pattern, text)).toBe(expected);
});
