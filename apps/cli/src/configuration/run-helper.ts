import { AuthError, runCommand } from "@claude-on-aws/auth/command";
import process from "node:process";

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
   * The most that it may print on each of its outputs; a command that prints more is stopped and counts as failed.
   *
   * @default {65536}
   */
  readonly maxOutputBytes?: number | undefined;
}

/**
 * Runs a credential command in the shell, as the client does, and gives what it printed. What it says on standard error
 * is shown.
 *
 * @param command The command's text, not interpreted here.
 * @param options Its environment and limits.
 * @returns Standard output; null where the command failed.
 */
export async function runHelper(command: string, options: RunHelperOptions): Promise<string | null> {
  const { env, timeoutMs = 60_000, maxOutputBytes = 64 * 1024 } = options;
  const stderr = (text: string): void => void process.stderr.write(text);
  try {
    const { status, stdout } = await runCommand(command, { env, timeoutMs, maxOutputBytes, stderr });
    return status === 0 ? stdout : null;
  } catch (error) {
    if (error instanceof AuthError) return null;
    throw error;
  }
}
