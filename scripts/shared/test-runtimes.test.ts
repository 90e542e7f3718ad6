import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { leftToOthers, ONE_RUNTIME, runsOn } from "./one-runtime.ts";
import { TEST_FILES } from "./test-files.ts";

const FILES = globSync(TEST_FILES, { cwd: fileURLToPath(new URL("../..", import.meta.url)) });
const RUNTIMES = ["bun", "deno", "node"] as const;

describe("the table of tests that one runtime runs", () => {
  test.each(ONE_RUNTIME)("has files for $files", ({ files }) => {
    expect(FILES.filter((file) => files.test(file))).not.toEqual([]);
  });

  test("leaves each file to one runtime at least", () => {
    expect(FILES.filter((file) => !RUNTIMES.some((runtime) => runsOn(file, runtime)))).toEqual([]);
  });

  test("leaves what shows which runtime runs to all of them", () => {
    expect(RUNTIMES.filter((runtime) => runsOn("scripts/runtime.test.ts", runtime))).toEqual(RUNTIMES);
  });
});

describe("leftToOthers()", () => {
  test("counts what another runtime runs, and says why", () => {
    const files = ["scripts/a.test.ts", "scripts/b/c.test.ts", "apps/fake/test/a.test.ts"];

    expect(leftToOthers(files, "deno")).toContain("2 files on bun alone: Bun alone runs the scripts");
    expect(leftToOthers(files, "bun")).toEqual([]);
  });
});
