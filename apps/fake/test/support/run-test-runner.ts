import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { expect } from "vitest";

/** How a test runner ended, and what it said. */
export interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/**
 * Runs a test runner in a folder, on the runtime that runs this test, as if no other one ran around it.
 *
 * @param args What the runtime is given.
 */
export function runTestRunner(folder: string, args: readonly string[]): Promise<Ended> {
  const {
    VITEST_POOL_ID: _id,
    VITEST_WORKER_ID: _worker,
    VITEST: _vitest,
    NODE_OPTIONS: _options,
    ...env
  } = process.env;
  const child = spawn(process.execPath, args, {
    cwd: folder,
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

/** A runner says which test failed, and why: the rule, who broke it, the diagnosis with the lines that differ, and no secret. */
export function expectRewrittenHeader(output: string): void {
  for (const line of [
    "asks Claude through a proxy that rewrites a header",
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
}
