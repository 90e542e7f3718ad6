import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";

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
