import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { buildStep, packagesStep, runtimeSteps, sourceSteps } from "./steps.ts";

const { scripts } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  scripts: Record<string, string>;
};

describe("steps", () => {
  test.each([buildStep, ...sourceSteps, packagesStep, ...runtimeSteps])(
    "$name is a script of the root",
    ({ script }) => {
      expect(Object.keys(scripts)).toContain(script);
    },
  );

  test.each(runtimeSteps)("$name says which runtime it expects", ({ script, runtime }) => {
    expect(scripts[script]).toContain(`EXPECT_RUNTIME=${runtime} `);
  });
});
