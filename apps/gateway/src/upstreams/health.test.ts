import { expect, test } from "vitest";
import { createHealth } from "./health.ts";

const A = { name: "a" };
const B = { name: "b" };

function start() {
  let nowMs = 0;
  const health = createHealth({ failures: 3, pauseMs: 1000, nowMs: () => nowMs });
  return { health, wait: (ms: number) => (nowMs += ms) };
}

test("asks them in the order of the operator", () => {
  expect(start().health.order([A, B])).toEqual([A, B]);
});

test("asks another one first after failures in a row", () => {
  const { health } = start();
  for (const _ of [1, 2]) health.failed("a");
  expect(health.order([A, B])).toEqual([A, B]);
  health.failed("a");
  expect(health.order([A, B])).toEqual([B, A]);
  expect(health.isWell("a")).toBe(false);
});

test("lets one request try again after the pause, and all of them when it is answered", () => {
  const { health, wait } = start();
  for (const _ of [1, 2, 3]) health.failed("a");
  wait(1000);
  expect(health.order([A, B])).toEqual([A, B]);
  expect(health.order([A, B])).toEqual([B, A]);
  health.answered("a");
  expect(health.order([A, B])).toEqual([A, B]);
});

test("does not count failures that are not in a row", () => {
  const { health } = start();
  for (const _ of [1, 2, 3, 4]) {
    health.failed("a");
    health.failed("a");
    health.answered("a");
  }
  expect(health.order([A, B])).toEqual([A, B]);
});

test("asks the only one there is", () => {
  const { health } = start();
  for (const _ of [1, 2, 3]) health.failed("a");
  expect(health.order([A])).toEqual([A]);
});
