import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { BUILD_STEP, PACKAGES_STEP, RUNTIME_STEPS, SLOW_STEPS, SOURCE_STEPS } from "./steps.ts";

const { scripts } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  scripts: Record<string, string>;
};

describe("steps", () => {
  test.each([BUILD_STEP, ...SOURCE_STEPS, PACKAGES_STEP, ...RUNTIME_STEPS, ...SLOW_STEPS])(
    "$name is a script of the root",
    ({ script }) => {
      expect(Object.keys(scripts)).toContain(script);
    },
  );

  test.each(RUNTIME_STEPS)("$name says which runtime it expects", ({ script, runtime }) => {
    expect(scripts[script]).toContain(`EXPECT_RUNTIME=${runtime} `);
  });
});
