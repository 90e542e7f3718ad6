import { expect, test } from "vitest";
import { LastByKey } from "./last-by-key.ts";

test("LastByKey remembers the last values of each key, and so many over all keys", () => {
  const last = new LastByKey<number>(4, 2);
  for (const [key, value] of [
    ["a", 1],
    ["a", 2],
    ["a", 3],
    ["b", 4],
    ["c", 5],
  ] as const)
    last.add(key, value);
  expect(["a", "b", "c", "d"].map((key) => last.get(key))).toEqual([[2, 3], [4], [5], []]);

  last.add("d", 6);
  expect(["a", "b", "c", "d"].map((key) => last.get(key))).toEqual([[], [4], [5], [6]]);
  expect(last.size).toBe(3);
});

test("LastByKey remembers nothing where it may not", () => {
  const last = new LastByKey<number>(0, 2);
  last.add("a", 1);
  expect([last.size, last.get("a")]).toEqual([0, []]);
});
