import { soakProperty } from "@claude-on-aws/fixtures";
import fc from "fast-check";
import { expect, test } from "vitest";
import { lengthOfOverlap } from "./length-of-overlap.ts";

test("agrees with trying every length", () => {
  const naive = (ending: string, beginning: string): number => {
    for (let length = beginning.length; length > 0; length--)
      if (ending.endsWith(beginning.slice(0, length))) return length;
    return 0;
  };
  const text = fc.array(fc.constantFrom("a", "b"), { maxLength: 12 }).map((letters) => letters.join(""));
  fc.assert(
    fc.property(text, text, (ending, beginning) => {
      expect(lengthOfOverlap(ending, beginning)).toBe(naive(ending, beginning));
    }),
    soakProperty(50_000, 2_000),
  );
});
