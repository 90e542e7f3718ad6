import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { TEST_FILES } from "./test-files.ts";
import { leftToOthers, partsLeftToOthers, runsOn, TEST_RUNTIMES } from "./test-runtimes.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FILES = globSync(TEST_FILES, { cwd: ROOT });
const RUNTIMES = ["bun", "deno", "node"] as const;

describe("the table of tests that not every runtime runs", () => {
  test.each(TEST_RUNTIMES)("has files for $files, and runtimes for them", ({ files, runtimes }) => {
    expect(FILES.filter((file) => files.test(file))).not.toEqual([]);
    expect(runtimes).not.toEqual([]);
  });

  test("leaves each file to one runtime at least", () => {
    expect(FILES.filter((file) => !RUNTIMES.some((runtime) => runsOn(file, runtime)))).toEqual([]);
  });

  test("leaves each test in a browser to Node, which alone drives one", () => {
    const inBrowsers = FILES.filter((file) => file.endsWith("-browser.test.ts"));

    expect(inBrowsers.some((file) => file.startsWith("scripts/"))).toBe(true);
    expect(inBrowsers.filter((file) => !runsOn(file, "node"))).toEqual([]);
  });

  test("leaves what shows which runtime runs to all of them", () => {
    expect(RUNTIMES.filter((runtime) => runsOn("scripts/runtime.test.ts", runtime))).toEqual(RUNTIMES);
  });
});

describe("leftToOthers()", () => {
  test("counts what other runtimes run, and says why", () => {
    const files = ["scripts/a.test.ts", "scripts/b/c.test.ts", "packages/fetch/test/size.test.ts"];

    expect(leftToOthers(files, "deno")).toContain("2 files on bun alone: Bun alone runs the scripts");
    expect(leftToOthers(files, "deno")).toContainEqual(
      expect.stringMatching(/^1 files on bun alone: what is measured/),
    );
    expect(leftToOthers(files, "bun")).toEqual([]);
  });
});

describe("partsLeftToOthers()", () => {
  test("counts the files of which others run a part of the cases, and says who", () => {
    const texts = [
      "test.each(wholeOnBun(CASES, 6))",
      "shareOf(coverPairs(CASES))",
      "test.each(isOwnCell(1, 2))",
      "CASES",
    ];
    const together = "a part of the cases of 2 files: the three runtimes run all of them together";

    expect(partsLeftToOthers(texts, "node")).toEqual([
      expect.stringMatching(/^a part of the cases of 1 files: Bun runs all of them/),
      together,
    ]);
    expect(partsLeftToOthers(texts, "bun")).toEqual([together]);
    expect(partsLeftToOthers(["CASES"], "deno")).toEqual([]);
  });
});
