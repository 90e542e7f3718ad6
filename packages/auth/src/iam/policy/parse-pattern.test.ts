import { soakProperty } from "@claude-on-aws/fixtures";
import { array, assert, boolean, constantFrom, oneof, property, record, tuple } from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePattern } from "./parse-pattern.ts";
import type { Pattern, Piece } from "./pattern.ts";
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

/** The same as what a policy means, in the plainest way. */
const naively = ([piece, ...more]: Pattern, text: string): boolean => {
  if (piece === undefined) return text === "";
  if (piece.kind === "variable") return false;
  if (piece.kind === "text") return text.startsWith(piece.text) && naively(more, text.slice(piece.text.length));
  const takes = text !== "" && !(piece.confined && text[0] === ":");
  if (piece.kind === "one") return takes && naively(more, text.slice(1));
  return naively(more, text) || (takes && naively([piece, ...more], text.slice(1)));
};

describe("matchPattern()", () => {
  test("agrees with trying every way, also where colons hold wildcards up", () => {
    const text = (most: number) => array(constantFrom("a", "b", ":"), { maxLength: most }).map((all) => all.join(""));
    const piece = oneof(
      text(3).map((literal): Piece => ({ kind: "text", text: literal })),
      record({ kind: constantFrom("any", "one", "any"), confined: boolean() }),
    );
    assert(
      property(array(piece, { maxLength: 9 }), text(14), (pattern: Piece[], given) => {
        expect([pattern, given, matchPattern(pattern, given)]).toEqual([pattern, given, naively(pattern, given)]);
      }),
      soakProperty(100_000, 5_000),
    );
  });

  test("agrees where a mark stands in a piece longer than a machine's word", () => {
    const patterns = tuple(
      array(constantFrom("a", "b", "?"), { minLength: 25, maxLength: 70 }),
      constantFrom("", "*", "*?"),
    );
    const texts = tuple(
      constantFrom("", "ab", "ba"),
      array(constantFrom("a", "a", "b"), { minLength: 20, maxLength: 90 }),
    );
    assert(
      property(patterns, texts, ([letters, end], [begin, given]) => {
        // Most of them would not match by chance.
        const chosen = given.slice(0, letters.length);
        const almost = letters.map((letter, at) => (letter === "?" || at % 7 > 0 ? "?" : (chosen[at] ?? "a"))).join("");
        const pattern = parsePattern(`*${almost}${end}`, { wildcards: true, variables: false });
        const text = begin + given.join("");
        expect(matchPattern(pattern, text)).toBe(naively(pattern, text));
      }),
      soakProperty(20_000, 1_000),
    );
  });

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
