import { spawn } from "node:child_process";
import { once } from "node:events";

/** What is kept of what a program prints, in UTF-16 code units. */
const MAX_OUTPUT = 65_536;

/** Much more than any takes by itself: a machine may be busy. */
const START_LIMIT_MS = 300_000;

/** A program that goes on. */
export interface StartedProgram {
  readonly pid: number;
  /** What it printed until it was ready. */
  readonly output: string;
  readonly close: () => Promise<void>;
}

/**
 * Starts a program, and waits until it says that it is ready.
 *
 * @param command The program and its arguments; no shell reads them.
 * @param environment All of its environment.
 * @param isReady Asked of all that it printed so far, each time that there is more.
 * @returns The program.
 * @throws Error where it ends, or is not ready within five minutes.
 */
export async function startProgram(
  [program = "", ...args]: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  isReady: (output: string) => boolean,
): Promise<StartedProgram> {
  const env = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined));
  const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const close = async (): Promise<void> => {
    // What never began has no end, either.
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), 5_000);
    await once(child, "close");
    clearTimeout(timer);
  };
  let output = "";
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const take = (text: string): void => {
    output = (output + text).slice(-MAX_OUTPUT);
    if (isReady(output)) resolve();
  };
  child.stdout.setEncoding("utf8").on("data", take);
  child.stderr.setEncoding("utf8").on("data", take);
  child.on("error", ({ message }) => reject(new Error(`Cannot start ${program}: ${message}`)));
  child.on("close", () => reject(new Error(`Cannot start ${program}: it ended.\n${output}`)));
  const timer = setTimeout(() => reject(new Error(`Cannot start ${program}: not ready.\n${output}`)), START_LIMIT_MS);
  try {
    await promise;
    return { pid: child.pid ?? 0, output, close };
  } catch (error) {
    await close();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
