import { spawn } from "node:child_process";

/** Options for {@link runHelper}. */
export interface RunHelperOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * Time after which the command is stopped and counts as failed.
   *
   * @default {60000}
   */
  readonly timeoutMs?: number | undefined;
  /**
   * Most characters of its output that are kept; a command that prints more counts as failed.
   *
   * @default {65536}
   */
  readonly maxOutputCharacters?: number | undefined;
}

/**
 * Runs a credential command in the shell, as the client does, and gives what it printed.
 *
 * @param command The command's text, not interpreted here.
 * @param options Its environment and limits.
 * @returns Standard output; null where the command failed.
 */
export function runHelper(command: string, options: RunHelperOptions): Promise<string | null> {
  const { env, timeoutMs = 60_000, maxOutputCharacters = 64 * 1024 } = options;
  return new Promise((resolve) => {
    const child = spawn(command, { shell: true, env: { ...env }, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    const timer = setTimeout(() => child.kill("SIGKILL"), timeoutMs);
    child.stdout.setEncoding("utf8");
    child.stdout.on("data", (chunk: string) => {
      output += chunk;
      if (output.length > maxOutputCharacters) child.kill("SIGKILL");
    });
    child.on("error", () => {
      clearTimeout(timer);
      resolve(null);
    });
    child.on("close", (status) => {
      clearTimeout(timer);
      resolve(status === 0 && output.length <= maxOutputCharacters ? output : null);
    });
  });
}
