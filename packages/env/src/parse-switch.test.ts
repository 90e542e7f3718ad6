import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isMistakenSwitch, parseSwitch } from "./index.ts";

const truthy = ["1", "true", "yes", "on"];
const falsy = ["", "0", "false", "no", "off"];

/** Every casing of a word. */
function casings(word: string): readonly string[] {
  return [...word].reduce<string[]>(
    (begun, letter) => begun.flatMap((start) => [start + letter.toLowerCase(), start + letter.toUpperCase()]),
    [""],
  );
}

const spacings = ["", " ", "  ", "\t", "\n", " \r\n"];

describe("parseSwitch()", () => {
  test.each(truthy)("takes %s for on in every casing and spacing", (word) => {
    for (const casing of casings(word)) {
      for (const before of spacings) {
        for (const behind of spacings) expect(parseSwitch(before + casing + behind)).toBe(true);
      }
    }
  });

  test.each([...falsy, "y", "t", "2", "enabled", "truee", "o n"])("takes %j for off", (text) => {
    expect(parseSwitch(text)).toBe(false);
  });

  test("takes every other text for off", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!truthy.includes(text.trim().toLowerCase()));
        expect(parseSwitch(text)).toBe(false);
      }),
    );
  });

  test("takes what is not set for off", () => {
    expect(parseSwitch(undefined)).toBe(false);
  });
});

describe("isMistakenSwitch()", () => {
  test.each(["y", "t", "2", "enabled"])("calls %j a mistake", (text) => {
    expect(isMistakenSwitch(text)).toBe(true);
  });

  test.each([...truthy, ...falsy, undefined])("lets %j pass", (text) => {
    expect(isMistakenSwitch(text)).toBe(false);
  });
});
