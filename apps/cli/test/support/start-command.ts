import { RUNTIME_CACHES } from "@claude-on-aws/fixtures";
import { type ChildProcess, spawn } from "node:child_process";
import { bundleCommand } from "./bundle-command.ts";

const argumentsOf = (file: string): readonly string[] => ("Deno" in globalThis ? ["run", "-A", file] : [file]);

let bundled: readonly string[] | undefined;

/** Arguments that run the command line, bundled since many tests start it, on the runtime that runs this test. */
export const bundledCommand = (): readonly string[] => (bundled ??= argumentsOf(bundleCommand()));

/** How a command ended, and what it said. */
export interface Ended {
  readonly status: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly error: string;
}

/** A command that runs. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Waits until standard output holds a text, and returns what it holds. */
  readonly printed: (text: string) => Promise<string>;
  /** The same for standard error. */
  readonly said: (text: string) => Promise<string>;
}

/** Starts `claude-on-aws fake` in a folder; bundled, since many tests do. */
export function startFakeCommand(folder: string, args: readonly string[]): Running {
  return startCommand(folder, ["fake", ...args]);
}

/** Starts `claude-on-aws` in a folder, bundled; a variable that is undefined is not there. */
export function startCommand(
  folder: string,
  args: readonly string[],
  variables: Readonly<Record<string, string | undefined>> = {},
): Running {
  const env = { ...process.env, ...RUNTIME_CACHES, ...variables };
  const child = spawn(process.execPath, [...bundledCommand(), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    cwd: folder,
    env: Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined)),
  });
  let out = "";
  let error = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (error += chunk.toString()));
  const ended = new Promise<Ended>((resolve) =>
    child.once("close", (status, signal) => resolve({ status, signal, out, error })),
  );
  const until = async (read: () => string, text: string): Promise<string> => {
    while (!read().includes(text)) {
      if (child.exitCode !== null) throw new Error(`It ended without printing "${text}": ${error}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return read();
  };
  const printed = (text: string): Promise<string> => until(() => out, text);
  const said = (text: string): Promise<string> => until(() => error, text);
  return { child, ended, printed, said };
}
