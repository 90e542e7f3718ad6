import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isMistakenSwitch, parseSwitch } from "./index.ts";

const TRUTHY = ["1", "true", "yes", "on"];
const FALSY = ["", "0", "false", "no", "off"];

/** Every casing of a word. */
function casings(word: string): readonly string[] {
  return [...word].reduce<string[]>(
    (begun, letter) => begun.flatMap((start) => [start + letter.toLowerCase(), start + letter.toUpperCase()]),
    [""],
  );
}

const SPACINGS = ["", " ", "  ", "\t", "\n", " \r\n"];

describe("parseSwitch()", () => {
  test.each(TRUTHY)("reads %s as on in every casing and spacing", (word) => {
    for (const casing of casings(word)) {
      for (const before of SPACINGS) {
        for (const after of SPACINGS) expect(parseSwitch(before + casing + after)).toBe(true);
      }
    }
  });

  test.each([...FALSY, "y", "t", "2", "enabled", "truee", "o n"])("reads %j as off", (text) => {
    expect(parseSwitch(text)).toBe(false);
  });

  test("reads every other text as off", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!TRUTHY.includes(text.trim().toLowerCase()));
        expect(parseSwitch(text)).toBe(false);
      }),
    );
  });

  test("reads what is not set as off", () => {
    expect(parseSwitch(undefined)).toBe(false);
  });
});

describe("isMistakenSwitch()", () => {
  test.each(["y", "t", "2", "enabled"])("calls %j a mistake", (text) => {
    expect(isMistakenSwitch(text)).toBe(true);
  });

  test.each([...TRUTHY, ...FALSY, undefined])("lets %j pass", (text) => {
    expect(isMistakenSwitch(text)).toBe(false);
  });
});
