import { seededRandom } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { BodyStore } from "./body-store.ts";

const bytesOf = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value);

describe("BodyStore", () => {
  test("keeps the beginning of each body as it was, whatever else is kept", () => {
    const random = seededRandom(20_261_130);
    const store = new BodyStore();
    const kept = Array.from({ length: 200 }, (_, index) => {
      // Short, long, and longer than a block.
      const length = Math.floor(random() ** 8 * 1_500_000);
      const maxBytes = Math.floor(random() * 2 * length) - 1;
      const body = bytesOf(length, index % 256);
      const part = store.keep(body, maxBytes);
      body.fill(255 - (index % 256));
      return { part, expected: bytesOf(Math.min(length, Math.max(0, maxBytes)), index % 256) };
    });

    expect(kept.findIndex(({ part, expected }) => Buffer.compare(part, expected) !== 0)).toBe(-1);
  });

  test("copies what is shared, short, cut, or a small part of what was received with it, and nothing else", () => {
    const store = new BodyStore();
    const kept = (body: Uint8Array, isUnshared: boolean, maxBytes = Infinity): boolean =>
      store.keep(body, maxBytes, isUnshared).buffer === body.buffer;
    const long = bytesOf(10_000, 1);

    expect(kept(long, true)).toBe(true);
    expect(kept(new Uint8Array(new ArrayBuffer(12_000), 1_000, 10_000), true)).toBe(true);
    expect(kept(long, false)).toBe(false);
    expect(kept(bytesOf(1_000, 1), true)).toBe(false);
    expect(kept(long, true, 9_999)).toBe(false);
    expect(kept(new Uint8Array(new ArrayBuffer(65_536), 1_000, 10_000), true)).toBe(false);
  });

  test("takes a little for the first body, and a megabyte at once for the many", () => {
    const store = new BodyStore();
    const blocks = new Set(Array.from({ length: 5_000 }, () => store.keep(bytesOf(1_000, 1), 1_000).buffer));
    const sizes = [...blocks].map(({ byteLength }) => byteLength);

    expect(sizes[0]).toBeLessThanOrEqual(16_384);
    expect(sizes.slice(1).every((size, index) => size === Math.min(1_048_576, 2 * (sizes[index] ?? 0)))).toBe(true);
    expect(sizes.at(-1)).toBe(1_048_576);
  });
});
