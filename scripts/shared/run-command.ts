import { spawn } from "node:child_process";
import { performance } from "node:perf_hooks";

/** How a command went. */
export interface CommandResult {
  /** Exit status; 127 where the command could not be started, 124 where it took too long, 128 where a signal ended it. */
  readonly status: number;
  /** What it printed on both streams, in the order of arrival. */
  readonly output: string;
  readonly elapsedMs: number;
}

/** Options for {@link runCommand}. */
export interface RunCommandOptions {
  /** Folder to run in. */
  readonly folder: string;
  /** The whole environment of the command. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /**
   * After this time the command and what it started are killed.
   *
   * @default {600000}
   */
  readonly timeLimitMs?: number | undefined;
  /**
   * Of a longer output only the end is kept.
   *
   * @default {8388608}
   */
  readonly maxOutputBytes?: number | undefined;
  /**
   * Asked of all that was printed so far, each time that there is more: where it holds, the command and what it started are
   * killed, and its status is 0.
   */
  readonly until?: ((output: string) => boolean) | undefined;
}

const runningGroups = new Set<number>();

/** Kills what {@link runCommand} has started and what has not ended yet, with all that it started. */
export function killRunningCommands(): void {
  for (const group of runningGroups) killGroup(group);
}

/**
 * Runs a command to its end and keeps what it prints. Never rejects: a command that cannot be started is a result too.
 *
 * @param command The program and its arguments; no shell reads them.
 */
export function runCommand(
  command: readonly string[],
  { folder, environment, timeLimitMs = 600_000, maxOutputBytes = 8_388_608, until }: RunCommandOptions,
): Promise<CommandResult> {
  const [program = "", ...args] = command;
  const start = performance.now();
  const tail = new OutputTail(maxOutputBytes);
  return new Promise((resolve) => {
    // A group of its own: a killed command must not leave its workers behind.
    const child = spawn(program, args, {
      cwd: folder,
      // A runtime may pass on a variable that is undefined as the text "undefined".
      env: Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined)),
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const group = child.pid;
    if (group !== undefined) runningGroups.add(group);

    const finish = (status: number, note = ""): void => {
      clearTimeout(timer);
      if (group !== undefined) runningGroups.delete(group);
      resolve({ status, output: tail.text() + note, elapsedMs: performance.now() - start });
    };
    const timer = setTimeout(() => {
      if (group !== undefined) killGroup(group);
      finish(124, `\nStopped "${command.join(" ")}": it ran longer than ${timeLimitMs} ms\n`);
    }, timeLimitMs);

    const take = (bytes: Uint8Array): void => {
      tail.push(bytes);
      if (until?.(tail.text()) !== true) return;
      if (group !== undefined) killGroup(group);
      finish(0);
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("error", (error) => finish(127, `Cannot start "${program}": ${error.message}\n`));
    child.on("close", (code) => finish(code ?? 128));
  });
}

function killGroup(group: number): void {
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    // It ended in the meantime.
  }
}

class OutputTail {
  readonly #maxBytes: number;
  readonly #chunks: Uint8Array[] = [];
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    while (this.#bytes - (this.#chunks[0]?.length ?? 0) >= this.#maxBytes) {
      this.#bytes -= this.#chunks.shift()?.length ?? 0;
    }
  }

  text(): string {
    return Buffer.concat(this.#chunks).subarray(-this.#maxBytes).toString("utf8");
  }
}
