import { soakProperty } from "@claude-on-aws/fixtures";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { skipString } from "./skip-string.ts";

const utf8 = new TextEncoder();

/** Pieces of which strings are made that lie around the lengths at which they are read otherwise. */
const pieces = fc.array(
  fc.oneof(
    fc.constantFrom('\\"', "\\\\", "\\n", "ä", "😀", "[", "}"),
    fc.integer({ min: 1, max: 200 }).map((length) => "x".repeat(length)),
    fc.constantFrom(63, 64, 65, 4094, 5000).map((length) => "y".repeat(length)),
    fc.integer({ min: 1, max: 70 }).map((length) => "\\\\".repeat(length)),
  ),
  { maxLength: 12 },
);

describe("skipString()", () => {
  test("finds the end wherever JSON has it, and no end where there is none", () => {
    fc.assert(
      fc.property(pieces, fc.string(), (parts, behind) => {
        const before = utf8.encode(`{"a":`);
        const string = utf8.encode(`"${parts.join("")}"`);
        const body = new Uint8Array([...before, ...string, ...utf8.encode(behind)]);
        const found = new Map<number, number>();
        const end = before.length + string.length;
        expect(skipString(body, before.length, found)).toBe(end);
        expect([...found]).toEqual(string.length > 4096 ? [[before.length, end]] : []);
        expect(skipString(string.subarray(0, -1), 0)).toBe(-1);
      }),
      soakProperty(20_000, 1_000),
    );
  });
});
