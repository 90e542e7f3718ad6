import { spawn } from "node:child_process";
import { once } from "node:events";

/**
 * Measures how long `pnpm start` takes until it says where it listens.
 *
 * @param command The program that runs scripts of the package.json, with its arguments.
 * @param folder Where the package.json lies.
 * @returns Milliseconds.
 */
export async function measureStart([program = "", ...args]: readonly string[], folder: string): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(program, [...args, "--silent", "run", "claude-on-aws", "fake", "--port", "0"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
    // With what it starts, so that all of it can be ended.
    detached: true,
  });
  await once(child.stdout, "data");
  const elapsedMs = performance.now() - startedAt;
  process.kill(-(child.pid ?? 0), "SIGTERM");
  await once(child, "close");
  return elapsedMs;
}
