import { type ChildProcessByStdio, spawn } from "node:child_process";
import process from "node:process";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";

/** Starts a file of this folder on the runtime of the test. */
export function spawnWorker(file: string, ...args: string[]): ChildProcessByStdio<Writable, Readable, null> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const command = "Deno" in globalThis ? ["run", "--allow-all", path, ...args] : [path, ...args];
  return spawn(process.execPath, command, { stdio: ["pipe", "pipe", "inherit"] });
}
