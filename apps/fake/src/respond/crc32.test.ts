import fc from "fast-check";
import { expect, test } from "vitest";
import { crc32 as crc32OfZlib } from "node:zlib";
import { crc32 } from "./crc32.ts";

test("crc32() is what zlib says, of any part", () => {
  expect(crc32(new TextEncoder().encode("123456789"), 0, 9)).toBe(0xcbf43926);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(64), fc.nat(64), (bytes, one, other) => {
      const [start, end] = [Math.min(one, other, bytes.length), Math.min(Math.max(one, other), bytes.length)];
      expect(crc32(bytes, start, end)).toBe(crc32OfZlib(bytes.slice(start, end)));
    }),
  );
});
