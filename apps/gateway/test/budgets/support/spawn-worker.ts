import { type ChildProcessByStdio, spawn } from "node:child_process";
import process from "node:process";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";

/** Starts a file of this folder on the runtime of the test. What it says of errors is shown too. */
export function spawnWorker(file: string, ...args: string[]): ChildProcessByStdio<Writable, Readable, Readable> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const command = "Deno" in globalThis ? ["run", "--allow-all", path, ...args] : [path, ...args];
  const child = spawn(process.execPath, command, { stdio: "pipe" });
  child.stderr.on("data", (chunk: Buffer) => process.stderr.write(chunk));
  return child;
}
