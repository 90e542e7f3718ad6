import { expect, test } from "vitest";
import { currentRuntime, runtimeTestTitle } from "./shared/current-runtime.ts";

const expected = process.env["EXPECT_RUNTIME"];

// Not set: someone runs vitest by hand. `scripts/test.ts` counts a run without this test as failed.
test.skipIf(expected === undefined)(
  `${runtimeTestTitle(expected ?? "what EXPECT_RUNTIME says")}${expected === undefined ? " (skipped: it is not set)" : ""}`,
  () => {
    expect(currentRuntime()).toBe(expected);
  },
);

test("Node, where it runs the tests, is one that the packages support", () => {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  expect(currentRuntime() !== "node" || major * 100 + minor >= 2212).toBe(true);
});
