import { crc32 as zlibCrc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { Random } from "../../test/random.ts";
import { crc32, crc32OfNew, crc32Portable, resolveNativeCrc32 } from "./crc32.ts";

describe("crc32()", () => {
  test("crc32() gives the check value of the catalogue", () => {
    const bytes = new TextEncoder().encode("123456789");
    expect(crc32(bytes, 0, 9)).toBe(0xcbf43926);
    expect(crc32Portable(bytes, 0, 9)).toBe(0xcbf43926);
    expect(resolveNativeCrc32()?.crc32(bytes)).toBe(0xcbf43926);
  });

  test("crc32() is the same in tables and natively, for any range", () => {
    const random = new Random(1);
    const bytes = new Uint8Array(2000).map(() => random.below(256));
    for (let round = 0; round < 2000; round++) {
      const start = random.below(bytes.length);
      const end = start + random.below(bytes.length - start + 1);
      const expected = zlibCrc32(bytes.subarray(start, end));
      expect(crc32(bytes, start, end)).toBe(expected);
      expect(crc32Portable(bytes, start, end)).toBe(expected);
      expect(crc32OfNew(bytes, start, end)).toBe(expected);
      expect(crc32OfNew(bytes.slice(start, end), 0, end - start)).toBe(expected);
    }
  });

  test("resolveNativeCrc32() finds what each runtime has", () => {
    const native = (): number => 7;
    const getBuiltinModule = (name: string): unknown => (name === "node:zlib" ? { crc32: native } : undefined);
    expect(resolveNativeCrc32({ Bun: { hash: { crc32: native } } })?.crc32).toBe(native);
    expect(resolveNativeCrc32({ process: { getBuiltinModule } })?.crc32).toBe(native);
    expect(resolveNativeCrc32({ Deno: {}, process: { getBuiltinModule } })?.crc32).toBe(native);
    // A browser, a Node before it had either, a runtime without zlib.
    expect(resolveNativeCrc32({})).toBeUndefined();
    expect(resolveNativeCrc32({ process: {} })).toBeUndefined();
    expect(resolveNativeCrc32({ process: { getBuiltinModule: () => ({}) } })).toBeUndefined();
    expect(resolveNativeCrc32({ process: { getBuiltinModule: () => undefined } })).toBeUndefined();
  });

  test("resolveNativeCrc32() finds one on this runtime", () => {
    expect(resolveNativeCrc32()).toBeDefined();
  });
});
