import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { runTestRunner, expectRewrittenHeader } from "./support/run-test-runner.ts";

const FOLDER = fileURLToPath(new URL("fixtures/test-runners", import.meta.url));

/** The runner that comes with the runtime that runs this test. */
const [RUNNER, COMMAND] =
  "Deno" in globalThis
    ? ["deno test", ["test", "-A", "--no-check", "--quiet", "deno.test.mjs"]]
    : "Bun" in globalThis
      ? ["bun test", ["test", "./bun.test.mjs"]]
      : ["node --test", ["--test", "node.test.mjs"]];

describe("useFake() of @claude-on-aws/fake/testing", () => {
  test(`fails the test in which a rule was broken with ${RUNNER}, and says why`, async () => {
    const { status, output } = await runTestRunner(FOLDER, COMMAND);

    expect(output).toMatch(/\b(?:pass 2|2 pass|2 passed)\b/);
    expect(output).toMatch(/\b(?:fail 1|1 fail|1 failed)\b/);
    expect(status).toBe(1);
    expectRewrittenHeader(output);
  });
});
