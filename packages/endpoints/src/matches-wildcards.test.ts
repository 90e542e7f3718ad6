import { soakProperty } from "@claude-on-aws/fixtures";
import { assert, constantFrom, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { matchesWildcards } from "./matches-wildcards.ts";

describe("matchesWildcards()", () => {
  test.each([
    ["claude", "claude", true],
    ["claude", "claude-1", false],
    ["opus", "opus ", false],
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
    ["a**b", "ab", true],
    ["a*b*b", "ab", false],
    ["claude.*", "claudex", false],
  ])("says of %j and %j: %j", (pattern, text, expected) => {
    expect(matchesWildcards(pattern, text)).toBe(expected);
  });

  test("agrees with a regular expression on whatever pattern and text", () => {
    const letters = ["a", "b", ".", "\n"];
    const pattern = string({ unit: constantFrom("*", ...letters), maxLength: 8 });
    const agrees = property(pattern, string({ unit: constantFrom(...letters), maxLength: 10 }), (given, text) => {
      const parts = given.split("*").map((part) => part.replaceAll(".", "\\."));
      expect(matchesWildcards(given, text)).toBe(new RegExp(`^${parts.join(".*")}$`, "s").test(text));
    });
    assert(agrees, soakProperty(200_000, 5_000));
  });
});
