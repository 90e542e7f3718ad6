import { describe, expect, test } from "vitest";
import { createBoundedCache } from "./bounded-cache.ts";

describe("createBoundedCache()", () => {
  test("computes a text once, and forgets the oldest", () => {
    const computed: string[] = [];
    const cache = createBoundedCache((text) => computed.push(text), { maxEntries: 2 });
    for (const text of ["a", "a", "b", "c", "a"]) cache.get(text);

    expect(computed).toEqual(["a", "b", "c", "a"]);
    expect(cache.size()).toBe(2);
  });

  test("does not remember a long text", () => {
    const cache = createBoundedCache((text) => text.length, { maxTextLength: 3 });

    expect([cache.get("four"), cache.get("two"), cache.size()]).toEqual([4, 3, 1]);
  });
});
