import { expect, test } from "vitest";
import { skippedLines } from "./skipped-lines.ts";

test("finds what was left out, and why", () => {
  expect(skippedLines("ok      a\nskipped b: it is not installed\n  skipped in a sentence\n")).toEqual([
    "b: it is not installed",
  ]);
});

test("finds nothing where nothing was", () => {
  expect(skippedLines("ok      a\n")).toEqual([]);
});
