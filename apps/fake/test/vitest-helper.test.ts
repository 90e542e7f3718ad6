import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type Ended, runTestRunner, expectRewrittenHeader } from "./support/run-test-runner.ts";

const PROJECT = fileURLToPath(new URL("fixtures/vitest-project", import.meta.url));
// The one that runs every test here: apps/fake links a copy with other peers.
const VITEST = fileURLToPath(new URL("../../../node_modules/vitest/vitest.mjs", import.meta.url));

/** Vitest on the runtime that runs this test. */
const COMMAND = "Deno" in globalThis ? ["run", "-A", "npm:vitest"] : "Bun" in globalThis ? ["--bun", VITEST] : [VITEST];

const runVitest = (file: string): Promise<Ended> =>
  runTestRunner(PROJECT, [...COMMAND, "run", "--root", PROJECT, file]);

describe("useFake()", () => {
  test("fails the test in which a rule was broken, and says why", async () => {
    const { status, output } = await runVitest("rewritten-header.spec.ts");

    expect(output).toMatch(/1 failed \| 2 passed/);
    expect(status).toBe(1);
    expect(output).toContain("FAIL  rewritten-header.spec.ts > asks Claude through a proxy that rewrites a header");
    expectRewrittenHeader(output);
  });

  test("answers in process with transport msw", async () => {
    const { status, output } = await runVitest("in-process.spec.ts");

    expect(output).toMatch(/Tests {2}4 passed/);
    expect(status).toBe(0);
  });

  test("sets the variables while tests run, and puts everything back", async () => {
    const { status, output } = await runVitest("life-cycle.spec.ts");

    expect(output).toMatch(/Tests {2}1 passed/);
    expect(status).toBe(0);
  });
});
