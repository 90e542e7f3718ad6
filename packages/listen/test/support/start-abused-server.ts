import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { ServerState } from "./abused-server.ts";

/** A server in a process of its own, on the runtime of the test. */
export interface AbusedServer {
  readonly port: number;
  readonly state: () => Promise<ServerState>;
  /** Lets the streams that are held go on. */
  readonly release: () => Promise<ServerState>;
  readonly stop: () => Promise<void>;
}

const FILE = fileURLToPath(new URL("./abused-server.ts", import.meta.url));

/** How each runtime runs a file, with what collects garbage on demand. */
function argumentsOf(): readonly string[] {
  if ("Bun" in globalThis) return [FILE];
  if ("Deno" in globalThis) return ["run", "--allow-all", "--v8-flags=--expose-gc", FILE];
  return ["--expose-gc", FILE];
}

/** Starts it. */
export async function startAbusedServer(http: "auto" | "1"): Promise<AbusedServer> {
  const child = spawn(process.execPath, [...argumentsOf(), http], { stdio: "pipe" });
  let complaints = "";
  // Deno warns of every attack: only the end of it is of use, and only where the process fell.
  child.stderr.on("data", (chunk: Buffer) => (complaints = (complaints + chunk.toString()).slice(-2_000)));
  const exited = once(child, "exit");
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done === true) {
      const [code, signal] = await exited;
      throw new Error(`The process of the server ended with ${signal ?? `exit code ${code}`}: ${complaints}`);
    }
    return value;
  };
  const ask = async (line: string): Promise<ServerState> => {
    child.stdin.write(`${line}\n`);
    return JSON.parse(await read()) as ServerState;
  };
  const url = await read();
  return {
    port: Number(new URL(url).port),
    state: () => ask("state"),
    release: () => ask("release"),
    stop: async () => {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
