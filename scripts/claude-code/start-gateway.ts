import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { currentRuntime } from "../shared/current-runtime.ts";

/** A gateway that runs as a command. */
export interface StartedGateway {
  /** The variables that it prints for a set-up. */
  readonly variables: (setUp: string) => Readonly<Record<string, string>>;
  /** Ends it as a service manager does; resolves to what it complained about before, and to how it ended. */
  readonly close: () => Promise<{ readonly complaints: string; readonly exitStatus: number | null }>;
}

const BIN = fileURLToPath(new URL("../../apps/cli/src/bin.ts", import.meta.url));
const COMMAND = currentRuntime() === "deno" ? ["run", "--allow-all", BIN] : [BIN];

/**
 * Starts `claude-on-aws gateway` from source on a free port of the loopback interface.
 *
 * @param folder Where it is started.
 * @param environment Its whole environment: it says which service it sends to, and with which credentials.
 * @throws Error where it does not start, with what it says of that.
 */
export async function startGateway(
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<StartedGateway> {
  const child = spawn(process.execPath, [...COMMAND, "gateway", "--port", "0", "--json"], {
    cwd: folder,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const kill = (): void => void child.kill("SIGKILL");
  process.once("exit", kill);
  const ended = once(child, "close").then(([status]) => {
    process.off("exit", kill);
    return status as number | null;
  });
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaints += text));
  const line = await Promise.race([readLine(child), ended.then(() => undefined)]);
  if (line === undefined) throw new Error(`Cannot start the gateway: ${complaints.trim()}`);
  const { environment: printed } = JSON.parse(line) as {
    readonly environment: Readonly<Record<string, Readonly<Record<string, string>>>>;
  };
  return {
    variables: (setUp) => {
      const variables = printed[setUp];
      if (variables === undefined) {
        throw new Error(`Cannot use the set-up ${setUp}: the gateway printed ${Object.keys(printed).join(", ")}`);
      }
      return variables;
    },
    close: async () => {
      const before = complaints.trim();
      // Not child.kill(): Deno 2.9 reports that signal as the way it ended, whatever the child made of it.
      if (child.pid !== undefined && child.exitCode === null) process.kill(child.pid, "SIGTERM");
      return { complaints: before, exitStatus: await ended };
    },
  };
}

function readLine({ stdout }: ChildProcess): Promise<string> {
  let text = "";
  return new Promise((resolve) => {
    stdout?.setEncoding("utf8").on("data", (part: string) => {
      text += part;
      const end = text.indexOf("\n");
      if (end >= 0) resolve(text.slice(0, end));
    });
  });
}
