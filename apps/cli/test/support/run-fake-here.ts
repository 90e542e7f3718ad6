import { readFile, rm } from "node:fs/promises";
import { main } from "../../src/main.ts";
import type { Ended } from "./start-command.ts";

/** How a command ended that ran in this process, and what it said. */
export type EndedHere = Pick<Ended, "status" | "out" | "error">;

/**
 * Runs `claude-on-aws fake run` in this process.
 *
 * @param output A file that takes what the command prints: it has this process's output, and a shell turns it aside.
 * @param args Flags of `fake run`, `--`, the command and its arguments.
 * @returns How it ended; what the command prints comes before what `fake run` does.
 */
export async function runFakeHere(output: string, args: readonly string[]): Promise<EndedHere> {
  const at = args.indexOf("--");
  const command = ["sh", "-c", 'exec "$@" >>"$0"', output, ...args.slice(at + 1)];
  const { status, out, error } = await runHere(["fake", "run", ...args.slice(0, at), "--", ...command]);
  const printed = await readFile(output, "utf8").catch(() => "");
  await rm(output, { force: true });
  return { status, out: printed + out, error };
}

/** Runs a command that prints nothing, or is none: a shell in between would say what is wrong in its own words. */
export const runWithoutShell = (...command: readonly string[]): Promise<EndedHere> =>
  runHere(["fake", "run", "--", ...command]);

/** Runs `claude-on-aws` in this process. */
export async function runHere(args: readonly string[]): Promise<EndedHere> {
  const said: string[] = [];
  const errors: string[] = [];
  const status = await main(args, {
    out: (line) => said.push(`${line}\n`),
    error: (line) => errors.push(`${line}\n`),
    colour: false,
  });
  return { status, out: said.join(""), error: errors.join("") };
}
