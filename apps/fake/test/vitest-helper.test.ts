import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";

const PROJECT = fileURLToPath(new URL("fixtures/vitest-project", import.meta.url));
// The one that runs every test here: apps/fake links a copy with other peers.
const VITEST = fileURLToPath(new URL("../../../node_modules/vitest/vitest.mjs", import.meta.url));

/** Vitest on the runtime that runs this test. */
const COMMAND = "Deno" in globalThis ? ["run", "-A", "npm:vitest"] : "Bun" in globalThis ? ["--bun", VITEST] : [VITEST];

interface Ended {
  readonly status: number | null;
  readonly output: string;
}

function runVitest(file: string): Promise<Ended> {
  const { VITEST_POOL_ID: _id, VITEST_WORKER_ID: _worker, VITEST: _vitest, ...env } = process.env;
  const child = spawn(process.execPath, [...COMMAND, "run", "--root", PROJECT, file], {
    cwd: PROJECT,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...env, NO_COLOR: "1", FORCE_COLOR: undefined, CI: "1", GITHUB_ACTIONS: undefined },
  });
  let output = "";
  const append = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout.on("data", append);
  child.stderr.on("data", append);
  return new Promise((resolve) =>
    child.once("close", (status) => resolve({ status, output: stripVTControlCharacters(output) })),
  );
}

describe("useFake()", () => {
  test("fails the test in which a rule was broken, and says why", async () => {
    const { status, output } = await runVitest("rewritten-header.spec.ts");

    expect(output).toMatch(/1 failed \| 2 passed/);
    expect(status).toBe(1);
    for (const line of [
      "FAIL  rewritten-header.spec.ts > asks Claude through a proxy that rewrites a header",
      "broken that AWS holds clients to",
      "sigv4-headers-as-sent: ",
      "broken in POST /v1/messages by AnthropicAws/JS ",
      "diagnosis: HEADER_REWRITTEN: ",
      "- accept:application/json",
      "+ accept:*/*",
    ]) {
      expect(output).toContain(line);
    }
    expect(output).not.toContain("wJalrXUtnFEMI");
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
