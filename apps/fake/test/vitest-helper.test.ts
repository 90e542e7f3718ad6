import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { type Ended, runTestRunner, expectRewrittenHeader } from "./support/run-test-runner.ts";

const PROJECT = fileURLToPath(new URL("fixtures/vitest-project", import.meta.url));
const VITEST = fileURLToPath(new URL("../../../node_modules/vitest/vitest.mjs", import.meta.url));

/** Vitest on the runtime that runs this test. */
const COMMAND = "Deno" in globalThis ? ["run", "-A", "npm:vitest"] : "Bun" in globalThis ? ["--bun", VITEST] : [VITEST];

describe("useFake()", () => {
  let ended: Ended;
  // One run of all of them in one process: most of a run is its start, and what a file does not put back, the next one meets.
  beforeAll(async () => {
    ended = await runTestRunner(PROJECT, [...COMMAND, "run", "--root", PROJECT, "--no-isolate", "--maxWorkers=1"]);
  });

  test("fails the test in which a rule was broken, and no other", () => {
    const { status, output } = ended;

    expect(output).toMatch(/ rewritten-header\.spec\.ts \(3 tests \| 1 failed\)/);
    expect(output).toMatch(/Test Files {2}2 failed \| 2 passed \(4\)/);
    expect(output).toMatch(/Tests {2}2 failed \| 8 passed \(10\)/);
    expect(status).toBe(1);
  });

  test("says why it fails", () => {
    const { output } = ended;

    expect(output).toContain("FAIL  rewritten-header.spec.ts > asks Claude through a proxy that rewrites a header");
    expectRewrittenHeader(output);
  });

  test("fails the test in which a rule was broken that is warned about, where that is asked for", () => {
    const { output } = ended;

    expect(output).toMatch(/ cut-stream\.spec\.ts \(2 tests \| 1 failed\)/);
    expect(output).toContain("A rule was broken that clients do well to keep");
    expect(output).toContain("cut-answer-not-used: ");
  });

  test("answers in process with transport msw", () => {
    expect(ended.output).toMatch(/ ✓ in-process\.spec\.ts \(4 tests\)/);
  });

  test("sets the variables while tests run, and puts everything back", () => {
    expect(ended.output).toMatch(/ ✓ life-cycle\.spec\.ts \(1 test\)/);
  });
});
