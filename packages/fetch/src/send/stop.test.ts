import { expect, test } from "vitest";
import { Stop } from "./stop.ts";
import { unlessStopped } from "./unless-stopped.ts";

test("a stop is told once to whoever still listens, and keeps its first reason", () => {
  const stop = new Stop();
  const told: string[] = [];
  stop.listen(() => told.push("a"));
  stop.listen(() => told.push("b"))();
  const { signal } = stop;
  stop.stop("first");
  stop.stop("second");

  expect([told, stop.isStopped, stop.reason]).toEqual([["a"], true, "first"]);
  expect([signal.aborted, signal.reason, stop.signal.reason]).toEqual([true, "first", "first"]);
});

test("a signal that is asked for behind the stop is aborted", () => {
  const stop = new Stop();
  stop.stop("enough");

  expect([stop.signal.aborted, stop.signal.reason]).toEqual([true, "enough"]);
});

test("nobody waits for what is there, nor for what is not there when it is stopped", async () => {
  const stop = new Stop();
  expect(unlessStopped(1, stop)).toBe(1);
  expect(await unlessStopped(Promise.resolve(2), stop)).toBe(2);
  const waiting = unlessStopped(new Promise<never>(() => {}), stop);
  stop.stop("enough");

  await expect(waiting).rejects.toBe("enough");
  await expect(unlessStopped(Promise.resolve(3), stop)).rejects.toBe("enough");
  expect(() => unlessStopped(4, stop)).toThrow("enough");
});
