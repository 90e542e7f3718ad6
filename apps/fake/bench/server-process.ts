import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { familyUsage, processFamily } from "@claude-on-aws/fixtures/process-usage";

/** A server under measurement, in a process of its own. */
export interface ServerProcess {
  readonly name: string;
  readonly port: number;
  /** CPU time that the process has used, in microseconds; 0 where the system does not tell. */
  readonly cpuMicroseconds: () => number;
  /** Memory of the process, in bytes; 0 where the system does not tell. */
  readonly residentBytes: () => number;
  readonly stop: () => void;
}

const canPin = spawnSync("taskset", ["-c", "0,1", "true"]).status === 0;

/** A command that runs on one core alone, where the system can do that. */
export const onCore = (core: 0 | 1, command: readonly string[]): readonly [command: string, ...args: string[]] =>
  [...(canPin ? ["taskset", "-c", String(core)] : []), ...command] as [string, ...string[]];

/** Starts a command that prints a line with its URL, on the first core. */
export async function startServer(name: string, command: readonly string[]): Promise<ServerProcess> {
  const [file, ...args] = onCore(0, command);
  const child: ChildProcess = spawn(file, args, { stdio: ["ignore", "pipe", "inherit"] });
  const { pid = 0 } = child;
  if (child.stdout === null) throw new Error(`Cannot start ${name}: it has no standard output`);
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /http:\/\/[^:]+:(\d+)/.exec(line)?.[1];
    if (port === undefined) continue;
    child.stdout.resume();
    return {
      name,
      port: Number(port),
      cpuMicroseconds: () => familyUsage(pid).cpuMicroseconds,
      residentBytes: () => familyUsage(pid).rss,
      stop: () => killFamily(pid),
    };
  }
  throw new Error(`Cannot start ${name}: it ended without printing a URL`);
}

/** Ends a process and those that it started. */
export function killFamily(pid: number): void {
  for (const member of processFamily(pid)) {
    try {
      process.kill(member, "SIGKILL");
    } catch {
      // It ended on its own.
    }
  }
}
