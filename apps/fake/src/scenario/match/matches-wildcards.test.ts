import { describe, expect, test } from "vitest";
import { matchesWildcards } from "./matches-wildcards.ts";

describe("matchesWildcards()", () => {
  test.each([
    ["claude", "claude", true],
    ["claude", "claude-1", false],
    ["", "", true],
    ["", "a", false],
    ["*", "", true],
    ["*", "anything", true],
    ["claude-*", "claude-opus-5", true],
    ["claude-*", "us.claude-opus-5", false],
    ["*sonnet*", "us.anthropic.claude-sonnet-4-6", true],
    ["*sonnet*5", "claude-sonnet-4-5", true],
    ["*sonnet*5", "claude-sonnet-4-6", false],
    ["a*a", "a", false],
    ["a*a", "aa", true],
    ["a*b*b", "ab", false],
    ["claude.*", "claudex", false],
  ])("says of %j and %j: %j", (pattern, text, expected) => {
    expect(matchesWildcards(pattern, text)).toBe(expected);
  });
});
