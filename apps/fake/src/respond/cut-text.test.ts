import { anyText } from "@claude-on-aws/fixtures/any-text";
import { soakProperty } from "@claude-on-aws/fixtures";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutAt, cutIntoTokens } from "./cut-text.ts";

describe("cutIntoTokens()", () => {
  test("cuts every text into pieces that add up to it, none of them longer than a token", () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const cut = cutIntoTokens(text);
        expect(cut.join("")).toBe(text);
        for (const piece of cut) expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(4);
      }),
      soakProperty(20_000, 500),
    );
  });
});

test.each([
  ["It rains.", ["It ", "rains."]],
  ["It ra", ["It ", "ra"]],
  ["It rains. Hard.", ["It ", "rains.", " Hard."]],
  ["", []],
])("cutAt() cuts %j into %j", (text, expected) => {
  expect(cutAt(["It ", "rains."])(text)).toEqual(expected);
});
