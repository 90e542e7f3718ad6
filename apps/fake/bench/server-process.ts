import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

/** Clock ticks a second in /proc, on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** A server under measurement, in a process of its own. */
export interface ServerProcess {
  readonly name: string;
  readonly port: number;
  /** CPU time that the process has used, in microseconds; 0 where the system does not tell. */
  readonly cpuMicroseconds: () => number;
  readonly stop: () => void;
}

/** Starts a command that prints a line with its URL. */
export async function startServer(name: string, command: string, args: readonly string[]): Promise<ServerProcess> {
  const child: ChildProcess = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  const { pid = 0 } = child;
  if (child.stdout === null) throw new Error(`Cannot start ${name}: it has no standard output`);
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /http:\/\/[^:]+:(\d+)/.exec(line)?.[1];
    if (port === undefined) continue;
    child.stdout.resume();
    return {
      name,
      port: Number(port),
      cpuMicroseconds: () => cpuOf(pid),
      stop: () => killFamily(pid),
    };
  }
  throw new Error(`Cannot start ${name}: it ended without printing a URL`);
}

/** The process and those that it started: npm's `deno` is a Node process that starts the real one. */
function family(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
    return [pid, ...children.flatMap(family)];
  } catch {
    return [pid];
  }
}

function cpuOf(pid: number): number {
  return family(pid).reduce((sum, member) => sum + cpuOfOne(member), 0);
}

function cpuOfOne(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return ((Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND) * 1e6;
  } catch {
    return 0;
  }
}

function killFamily(pid: number): void {
  for (const member of family(pid)) process.kill(member, "SIGKILL");
}
