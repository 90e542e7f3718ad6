import { soakProperty } from "@claude-on-aws/fixtures";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CallerLimits } from "../../terms/caller.ts";
import { covers, NARROWER } from "./narrowest.ts";
import { createLimits } from "./resolve-limits.ts";

/** Independent of ours: an expression of the language. */
const matches = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`, "s").test(text);

const PATTERN = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 6 });
const TEXT = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 8 });

describe("covers()", () => {
  test.each([
    ["*", "claude-*", true],
    ["claude-*", "claude-haiku-*", true],
    ["claude-haiku-*", "claude-*", false],
    ["claude-*-5", "claude-opus-*", false],
    ["*haiku*", "claude-haiku-4-5", true],
    ["claude-haiku-4-5", "claude-haiku-4-5", true],
    ["a*b*c", "aXbYbZc", true],
    ["a", "*", false],
    ["**", "", true],
    ["", "", true],
  ])("says that %j lets through all of %j: %s", (other, pattern, expected) => {
    expect(covers(other, pattern)).toBe(expected);
  });

  test("of a text without stars says what a match says", () => {
    fc.assert(
      fc.property(PATTERN, TEXT, (pattern, text) => {
        expect(covers(pattern, text)).toBe(matches(pattern, text));
      }),
      soakProperty(100_000, 2_000),
    );
  });

  test("never says so where a text tells otherwise", () => {
    fc.assert(
      fc.property(PATTERN, PATTERN, TEXT, (other, pattern, text) => {
        const isSaid = covers(other, pattern) && matches(pattern, text);
        expect(isSaid && !matches(other, text)).toBe(false);
      }),
      soakProperty(100_000, 2_000),
    );
  });
});

describe("several groups", () => {
  test("never let through what one of them does not", () => {
    const lists = fc.array(PATTERN, { maxLength: 4 });
    const lets = (list: readonly string[] | null, text: string): boolean =>
      list === null || list.some((pattern) => matches(pattern, text));
    fc.assert(
      fc.property(lists, lists, TEXT, (left, right, text) => {
        const isLet = lets(NARROWER.models(left, right), text);
        expect(isLet && !(lets(left, text) && lets(right, text))).toBe(false);
      }),
      soakProperty(100_000, 2_000),
    );
  });
});

const NONE: CallerLimits = { models: null, upstreams: null, maxConcurrent: null };

describe("createLimits()", () => {
  const limitsOf = createLimits({
    defaults: { models: ["claude-haiku-*"], maxConcurrent: 4 },
    groups: {
      builders: { models: ["claude-*"], maxConcurrent: 8 },
      interns: { models: ["claude-haiku-*", "claude-sonnet-4-5"], upstreams: ["cheap", "spare"] },
      night: { upstreams: ["spare"], maxConcurrent: 2 },
      free: { maxConcurrent: null },
    },
    callers: {
      lead: { groups: ["builders", "interns"], models: null },
      ci: { maxConcurrent: 50 },
    },
  });

  test.each<[string, readonly string[], Partial<CallerLimits>]>([
    ["nobody", [], { models: ["claude-haiku-*"], maxConcurrent: 4 }],
    ["nobody", ["unheard-of"], { models: ["claude-haiku-*"], maxConcurrent: 4 }],
    ["nobody", ["builders"], { models: ["claude-*"], maxConcurrent: 8 }],
    [
      "nobody",
      ["builders", "interns"],
      { models: ["claude-haiku-*", "claude-sonnet-4-5"], upstreams: ["cheap", "spare"], maxConcurrent: 8 },
    ],
    [
      "nobody",
      ["interns", "night"],
      { models: ["claude-haiku-*", "claude-sonnet-4-5"], upstreams: ["spare"], maxConcurrent: 2 },
    ],
    ["nobody", ["free"], { models: ["claude-haiku-*"], maxConcurrent: null }],
    ["nobody", ["free", "night"], { models: ["claude-haiku-*"], upstreams: ["spare"], maxConcurrent: 2 }],
    ["lead", [], { models: null, upstreams: ["cheap", "spare"], maxConcurrent: 8 }],
    ["ci", ["night"], { models: ["claude-haiku-*"], upstreams: ["spare"], maxConcurrent: 50 }],
  ])("gives %s of %j its limits", (name, groups, expected) => {
    expect(limitsOf(name, groups).limits).toEqual({ ...NONE, ...expected });
  });

  test("is the same in whatever order groups come", () => {
    const sorted = ({ models, ...rest }: CallerLimits) => ({ ...rest, models: models?.toSorted() });
    const names = fc.uniqueArray(fc.constantFrom("builders", "interns", "night", "free"));
    fc.assert(
      fc.property(names, (groups) => {
        const reversed = groups.toReversed();
        expect(sorted(limitsOf("x", reversed).limits)).toEqual(sorted(limitsOf("x", groups).limits));
      }),
      soakProperty(1_000, 50),
    );
  });

  test("knows each group once", () => {
    expect(limitsOf("lead", ["interns", "own"]).groups).toEqual(["interns", "own", "builders"]);
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
    "takes nothing from what %s is elsewhere",
    (name) => {
      expect(createLimits({ groups: {}, callers: {} })(name, [name])).toEqual({ groups: [name], limits: NONE });
    },
  );

  test.each([
    [{ defaults: { upstreams: ["west"] } }, 'callers.defaults.upstreams: "west" is no upstream; expected some of east'],
    [{ groups: { a: { maxConcurrent: 0 } } }, "callers.groups.a.maxConcurrent: found 0"],
    [{ callers: { a: { maxConcurrent: 1.5 } } }, "callers.callers.a.maxConcurrent: found 1.5"],
  ])("does not take %j", (settings, words) => {
    expect(() => createLimits(settings, ["east"])).toThrow(
      expect.objectContaining({ code: "SETTINGS_INVALID", message: expect.stringContaining(words) }),
    );
  });
});
