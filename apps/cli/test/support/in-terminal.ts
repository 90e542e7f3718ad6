import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { onTestFinished } from "vitest";

/** Whether this machine has the `script` of util-linux, which runs a command in a terminal; that of other systems differs. */
export const HAS_TERMINAL: boolean = spawnSync("script", ["-qec", "true", "/dev/null"]).status === 0;

/** What the titles of tests in a terminal end with where they are skipped. */
export const WHY_SKIPPED: string = HAS_TERMINAL
  ? ""
  : " (skipped: there is no script of util-linux, which opens a terminal)";

/** A command that runs in a terminal. */
export interface InTerminal {
  /** Types a text. */
  readonly type: (text: string) => void;
  /** Waits until the terminal shows a text, and returns what it shows. */
  readonly shows: (text: string) => Promise<string>;
  /** Waits until the command ends: its exit status, and what the terminal showed. */
  readonly ended: Promise<{ readonly status: number | null; readonly shown: string }>;
}

/** Runs a program with arguments in a terminal of its own, which is closed when the test has finished. */
export function runInTerminal(command: readonly string[], env: NodeJS.ProcessEnv = process.env): InTerminal {
  // `exec`: a shell that stayed in between would get Ctrl+C too, and some of them (dash) then end with it, whatever the command answers.
  const line = `exec ${command.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(" ")}`;
  const child: ChildProcess = spawn("script", ["-qec", line, "/dev/null"], { stdio: ["pipe", "pipe", "inherit"], env });
  onTestFinished(() => void child.kill());
  let shown = "";
  child.stdout?.on("data", (chunk: Uint8Array) => (shown += new TextDecoder().decode(chunk)));
  const shows = async (text: string): Promise<string> => {
    while (!shown.includes(text)) {
      if (child.exitCode !== null) throw new Error(`It ended without showing "${text}": ${shown}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return shown;
  };
  const ended = new Promise<{ status: number | null; shown: string }>((resolve) =>
    child.once("close", (status) => resolve({ status, shown })),
  );
  return { type: (text) => void child.stdin?.write(text), shows, ended };
}
