import { spawn } from "node:child_process";
import { once } from "node:events";

/**
 * Measures how long `pnpm start` takes until it says where it listens.
 *
 * @param command The program that runs scripts of the package.json, with its arguments.
 * @param folder Where the package.json lies.
 * @returns Milliseconds.
 * @throws {Error} with what it printed, where it ended before it listened.
 */
export async function measureStart([program = "", ...args]: readonly string[], folder: string): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(program, [...args, "--silent", "run", "claude-on-aws", "fake", "--port", "0"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
    // With what it starts, so that all of it can be ended.
    detached: true,
  });
  let printed = "";
  for await (const chunk of child.stdout) {
    printed += String(chunk);
    if (printed.includes("http://")) break;
  }
  if (!printed.includes("http://"))
    throw new Error(`Cannot measure the start: it ended with "${printed.slice(0, 500)}"`);
  const elapsedMs = performance.now() - startedAt;
  const closed = once(child, "close");
  process.kill(-(child.pid ?? 0), "SIGTERM");
  await closed;
  return elapsedMs;
}
