import { expect, test } from "vitest";
import { mapLimited } from "./map-limited.ts";

test("mapLimited() keeps the order and never has more calls under way than the limit", async () => {
  let running = 0;
  let most = 0;
  const results = await mapLimited([5, 1, 4, 2, 3], 2, async (item) => {
    running += 1;
    most = Math.max(most, running);
    for (let turn = 0; turn < item; turn++) await Promise.resolve();
    running -= 1;
    return item * 10;
  });
  expect(results).toEqual([50, 10, 40, 20, 30]);
  expect(most).toBe(2);
});

test("mapLimited() rejects with what a call rejects with", async () => {
  await expect(mapLimited([1], 2, () => Promise.reject(new TypeError("no")))).rejects.toThrow(TypeError);
});
