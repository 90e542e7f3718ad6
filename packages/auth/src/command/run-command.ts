import type { Readable } from "node:stream";
import { builtinModule } from "./builtin-module.ts";
import { AuthError } from "../errors.ts";
import type { CommandLine } from "./command-line.ts";
import type { OutputTarget } from "./output-target.ts";
import { type CommandOutput, readOutput } from "./read-output.ts";
import { startCommand } from "./start-command.ts";

/** Options for {@link runCommand}. */
export interface RunCommandOptions {
  /**
   * The whole environment of the command; what is `undefined` in it is not set.
   *
   * @default {the environment of this process}
   */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /**
   * Where its input comes from: it has none, or that of this process.
   *
   * @default {"none"}
   */
  readonly stdin?: "none" | "inherit" | undefined;
  /**
   * What becomes of its standard output.
   *
   * @default {"collect"}
   */
  readonly stdout?: OutputTarget | undefined;
  /**
   * What becomes of its standard error.
   *
   * @default {"collect"}
   */
  readonly stderr?: OutputTarget | undefined;
  /**
   * How long the command may take, in milliseconds; `Infinity` for as long as it likes.
   *
   * @default {180_000}
   */
  readonly timeoutMs?: number | undefined;
  /**
   * The most that the command may print on each of its two outputs, in bytes. What an output that is inherited gets is not
   * counted.
   *
   * @default {1_048_576}
   */
  readonly maxOutputBytes?: number | undefined;
  /**
   * How long the command has to stop by itself before it is killed, in milliseconds.
   *
   * @default {1_000}
   */
  readonly graceMs?: number | undefined;
  /** Ends it when aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Told of its process ID as soon as it runs. */
  readonly onStart?: ((pid: number) => void) | undefined;
}

/** How a command went that ended by itself. */
export interface CommandResult {
  /** Its exit status as a shell writes it: 128 + N where signal N ended it. */
  readonly status: number;
  /** The signal that ended it, such as `SIGTERM`. */
  readonly signal: string | undefined;
  /** What it printed on standard output, where that is collected. */
  readonly stdout: string;
  /** What it printed on standard error, where that is collected. */
  readonly stderr: string;
}

/** The longest delay that a timer takes. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * Runs a command, without input where nothing else is asked for, and bounded in time and output. All that it started in
 * its process group has ended, or was killed, when the promise settles: what it left in the background, too, and also
 * when this process ends before. What leaves the group, as a daemon does, is not followed.
 *
 * A status other than 0 is a result, not an error. In a terminal, a command that inherits its input shares the group of
 * this process, so that Ctrl+C reaches it; then it alone is ended. On Windows, what it left in the background stays.
 *
 * @example Usage
 * ```ts
 * import { runCommand } from "@claude-on-aws/auth/command";
 * import { equal } from "node:assert/strict";
 *
 * const { status, stdout } = await runCommand("echo one | tr a-z A-Z", { timeoutMs: 10_000 });
 *
 * equal(status, 0);
 * equal(stdout, "ONE\n");
 * ```
 *
 * @param command A text for the shell of the machine, or a program with its arguments, which no shell reads.
 * @param options Its environment, its connections, and its limits.
 * @returns How it went.
 * @throws {AuthError} `COMMAND_NOT_FOUND` (a program only: a shell ends with status 127), `COMMAND_NOT_STARTED`,
 * `COMMAND_TIMEOUT`, `COMMAND_OUTPUT` where it prints too much.
 * @throws The reason of `signal`, where that is aborted; what showing an output threw.
 */
export async function runCommand(command: CommandLine, options: RunCommandOptions = {}): Promise<CommandResult> {
  const { stdin = "none", stdout = "collect", stderr = "collect", env, signal, onStart } = options;
  const { timeoutMs = 180_000, maxOutputBytes = 1_048_576, graceMs = 1_000 } = options;
  signal?.throwIfAborted();
  const { child, pid, group } = await startCommand(command, {
    env,
    stdio: [stdin === "none" ? "ignore" : "inherit", connect(stdout), connect(stderr)],
  });
  const exited = new Promise<Exit>((resolve) => {
    child.once("exit", (code, name) => {
      group.leaderEnded();
      resolve(
        name === null ? { status: code ?? 0, signal: undefined } : { status: 128 + numberOf(name), signal: name },
      );
    });
  });
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const broken = Promise.withResolvers<never>();
  // It may break when nobody waits for it.
  broken.promise.catch(() => undefined);
  const read = (stream: Readable | null, name: string, target: OutputTarget): CommandOutput =>
    readOutput(stream, {
      target,
      maxBytes: maxOutputBytes,
      onTooMuch: () => broken.reject(tooMuch(name, maxOutputBytes)),
      onError: broken.reject,
    });
  const output = read(child.stdout, "standard output", stdout);
  const errors = read(child.stderr, "standard error", stderr);
  const stopWatching = watchLimits(timeoutMs, signal, broken.reject);
  try {
    onStart?.(pid);
    const exit = await Promise.race([broken.promise, exited]);
    stopWatching();
    await group.end(graceMs);
    // What it printed last may still be on its way; a daemon that has left the group may hold the pipes open for ever.
    await Promise.race([broken.promise, waitAtMost(closed, graceMs)]);
    return { ...exit, stdout: output.text(), stderr: errors.text() };
  } finally {
    stopWatching();
    output.drop();
    errors.drop();
    await group.end(graceMs);
    output.close();
    errors.close();
    group.release();
  }
}

interface Exit {
  readonly status: number;
  readonly signal: string | undefined;
}

const connect = (target: OutputTarget): "pipe" | "inherit" => (target === "inherit" ? "inherit" : "pipe");

const numberOf = (signal: NodeJS.Signals): number => builtinModule("node:os").constants.signals[signal];

function watchLimits(timeoutMs: number, signal: AbortSignal | undefined, onEnd: (reason: unknown) => void): () => void {
  const onTimeout = (): void => onEnd(tooLong(timeoutMs));
  const onAbort = (): void => onEnd(signal?.reason);
  const isEndless = timeoutMs === Number.POSITIVE_INFINITY;
  const timer = isEndless ? undefined : setTimeout(onTimeout, Math.min(timeoutMs, MAX_TIMEOUT_MS));
  signal?.addEventListener("abort", onAbort);
  if (signal?.aborted === true) onAbort();
  return () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  };
}

async function waitAtMost(promise: Promise<void>, ms: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([promise, new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)))]);
  clearTimeout(timer);
}

const tooLong = (timeoutMs: number): AuthError =>
  new AuthError("COMMAND_TIMEOUT", `Cannot wait for the command: it did not end within ${timeoutMs} ms`);

const tooMuch = (name: string, maxBytes: number): AuthError =>
  new AuthError("COMMAND_OUTPUT", `Cannot read the command's ${name}: more than ${maxBytes} bytes`);
