import { AuthError } from "../errors.ts";
import { joinBytes } from "../join-bytes.ts";

/** Options for {@link runCommand}. */
export interface RunCommandOptions {
  /** Three minutes by default; the command is ended then. */
  readonly timeoutMs: number;
  /** The most that is read of standard output, in bytes. */
  readonly maxOutputBytes: number;
  /** Told of everything that is printed, as it comes; standard output is then not collected. */
  readonly show?: ((text: string) => void) | undefined;
}

/** Runs a command line; gives what it printed on standard output. */
export type CommandRunner = (command: string, options: RunCommandOptions) => Promise<string>;

/**
 * Runs a command line in the shell of the machine, without input.
 *
 * @throws {AuthError} `COMMAND_TIMEOUT`, `COMMAND_FAILED` with its exit status, `COMMAND_OUTPUT` where it prints too much.
 */
export const runCommand: CommandRunner = (command, { timeoutMs, maxOutputBytes, show }) =>
  new Promise((resolve, reject) => {
    const child = childProcess().spawn(command, { shell: true, stdio: ["ignore", "pipe", "pipe"] });
    const output: Uint8Array[] = [];
    let bytes = 0;
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      child.stdout.destroy();
      child.stderr.destroy();
      settle();
    };
    const fail = (error: AuthError): void => {
      child.kill("SIGKILL");
      finish(() => reject(error));
    };
    const timer = setTimeout(() => {
      fail(new AuthError("COMMAND_TIMEOUT", `Cannot wait for the command: it did not end within ${timeoutMs} ms`));
    }, timeoutMs);
    child.stdout.on("data", (chunk: Uint8Array) => {
      if (show !== undefined) return show(new TextDecoder().decode(chunk));
      bytes += chunk.length;
      if (bytes <= maxOutputBytes) output.push(chunk);
      else fail(new AuthError("COMMAND_OUTPUT", `Cannot read the command's output: more than ${maxOutputBytes} bytes`));
    });
    child.stderr.on("data", (chunk: Uint8Array) => show?.(new TextDecoder().decode(chunk)));
    child.on("error", (cause) =>
      finish(() => reject(new AuthError("COMMAND_FAILED", "Cannot run the command: it does not start", { cause }))),
    );
    child.on("close", (code) => {
      if (code === 0) finish(() => resolve(new TextDecoder().decode(joinBytes(output, bytes))));
      else finish(() => reject(new AuthError("COMMAND_FAILED", `The command failed with exit status ${code}`)));
    });
  });

/** Not an import: a worker without processes must load this file too, as long as it runs no command. */
function childProcess(): typeof import("node:child_process") {
  const builtin = typeof process === "object" ? process.getBuiltinModule?.("node:child_process") : undefined;
  if (builtin !== undefined) return builtin;
  throw new AuthError("COMMAND_FAILED", "Cannot run the command: this runtime starts no processes");
}

/** Shows text on standard error, or on the console where there is none. */
export function showOnStandardError(text: string): void {
  if (typeof process === "object" && process.stderr !== undefined) process.stderr.write(text);
  else console.error(text);
}
