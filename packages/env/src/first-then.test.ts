import { expect, test } from "vitest";
import { firstThen } from "./first-then.ts";
import { resolveConfig } from "./resolve-config.ts";

test("firstThen() gives what is there once, and resolves it for each who asks then", async () => {
  const made = [resolveConfig({ env: {} }), resolveConfig({ env: {} }), resolveConfig({ env: {} })] as const;
  let times = 0;
  const ask = firstThen(made[0], () => Promise.resolve(++times === 1 ? made[1] : made[2]));

  expect(await ask()).toBe(made[0]);
  expect(times).toBe(0);
  expect(await ask()).toBe(made[1]);
  expect(await ask()).toBe(made[2]);
});
