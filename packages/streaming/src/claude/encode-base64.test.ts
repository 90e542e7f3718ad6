import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeBase64 } from "./encode-base64.ts";

const LONG = "漢字 é 😀 ".repeat(5000);

describe("encodeBase64()", () => {
  test.each(["", "a", "ab", "abc", "é", "漢字 😀", "\ud800", "a\udc00b", "x".repeat(100_000), LONG])(
    "encodeBase64() gives the same with and without the runtime's Buffer, case %#",
    (text) => {
      const expected = Buffer.from(new TextEncoder().encode(text)).toString("base64");
      expect(encodeBase64(text)).toBe(expected);
      expect(encodeBase64(text, null)).toBe(expected);
    },
  );

  test("encodeBase64() encodes the UTF-8 of any text", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
        (text) => {
          const expected = Buffer.from(new TextEncoder().encode(text)).toString("base64");
          expect(encodeBase64(text)).toBe(expected);
          expect(encodeBase64(text, null)).toBe(expected);
        },
      ),
    );
  });
});
