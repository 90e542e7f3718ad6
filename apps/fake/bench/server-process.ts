import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const KIB = 1024;

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
      cpuMicroseconds: () => sumOf(pid, cpuOfOne),
      residentBytes: () => sumOf(pid, residentOfOne),
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

const sumOf = (pid: number, measure: (member: number) => number): number =>
  family(pid).reduce((sum, member) => sum + measure(member), 0);

/** A hundredth of a second, in which the system tells the time of a process. */
const TICK_MICROSECONDS = 10_000;

/** Of the process as a whole: the times of its threads are finer, but that of one that has ended is gone. */
function cpuOfOne(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name of the command stands in parentheses and may hold blanks; user and system time are fields 14 and 15.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * TICK_MICROSECONDS;
  } catch {
    return 0;
  }
}

function residentOfOne(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * KIB;
  } catch {
    return 0;
  }
}

/** Ends a process and those that it started. */
export function killFamily(pid: number): void {
  for (const member of family(pid)) {
    try {
      process.kill(member, "SIGKILL");
    } catch {
      // It ended on its own.
    }
  }
}
