import { expect, test } from "vitest";
import { Watch } from "./watch.ts";

test("Watch begins deadlines that pass once, and not where they are called off", async () => {
  const watch = new Watch([80]);
  const passed: string[] = [];
  watch.begin(() => passed.push("first"), 0);
  const callOff = watch.begin(() => passed.push("called off"), 0);
  callOff();
  // Several looks later than the others were due.
  await new Promise<void>((resolve) => watch.begin(resolve, 50));

  expect(passed).toEqual(["first"]);
});

test("Watch counts looks: what began before the process was held up is not over at once", async () => {
  const watch = new Watch([80]);
  const order: string[] = [];
  const passed = new Promise<void>((resolve) => {
    watch.begin(() => {
      order.push("deadline");
      resolve();
    }, 50);
  });
  const until = performance.now() + 100;
  while (performance.now() < until);
  setTimeout(() => order.push("what waited"), 0);
  await passed;

  expect(order).toEqual(["what waited", "deadline"]);
});
