import { array, assert, constantFrom, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePattern } from "./parse-pattern.ts";
import { matchPattern } from "./wildcard.ts";

const like = (pattern: string, text: string): boolean =>
  matchPattern(parsePattern(pattern, { wildcards: true, variables: false }), text);

describe("parsePattern()", () => {
  test("takes variables, their defaults, and the three that stand for characters", () => {
    expect(parsePattern("a${*}${?}${$}/${aws:username}*${k:t, 'x, y'}", { wildcards: true, variables: true })).toEqual([
      { kind: "text", text: "a*?$/" },
      { kind: "variable", name: "aws:username", fallback: undefined },
      { kind: "any", confined: false },
      { kind: "variable", name: "k:t", fallback: "x, y" },
    ]);
    expect(parsePattern("${open", { wildcards: true, variables: true })).toEqual([{ kind: "text", text: "${open" }]);
    expect(parsePattern("${a}*", { wildcards: false, variables: false })).toEqual([{ kind: "text", text: "${a}*" }]);
  });

  test("confines wildcards to the parts of an ARN, but for a * that ends one", () => {
    const wildcards = parsePattern("a:b*c:d?:e*:**:f:g*h?", { wildcards: true, variables: false, arn: true }).filter(
      ({ kind }) => kind !== "text",
    );

    expect(wildcards.map((piece) => [piece.kind, "confined" in piece && piece.confined])).toEqual([
      ["any", true],
      ["one", true],
      ["any", false],
      ["any", false],
      ["any", false],
      ["one", false],
    ]);
  });
});

describe("matchPattern()", () => {
  test("agrees with trying every way", () => {
    const naive = (pattern: string, text: string): boolean => {
      if (pattern === "") return text === "";
      if (pattern[0] === "*") return naive(pattern.slice(1), text) || (text !== "" && naive(pattern, text.slice(1)));
      return text !== "" && (pattern[0] === "?" || pattern[0] === text[0]) && naive(pattern.slice(1), text.slice(1));
    };
    const texts = array(constantFrom("a", "b", ":"), { maxLength: 8 }).map((characters) => characters.join(""));
    const patterns = array(constantFrom("a", "b", ":", "*", "?", "*"), { maxLength: 8 }).map((all) => all.join(""));

    assert(
      property(patterns, texts, (pattern, text) => {
        expect(like(pattern, text)).toBe(naive(pattern, text));
      }),
      { numRuns: 3_000, seed: 7 },
    );
  });
});
