import { RUNTIME_CACHES } from "@claude-on-aws/fixtures";
import { spawn } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { createClientEnvironment, EXAMPLE_CREDENTIALS, type FakeServer } from "../../src/server.ts";
import { WORKSPACE_ID } from "./start-fake.ts";

const SCRIPT = fileURLToPath(new URL("secured-client.ts", import.meta.url));
const BIN = fileURLToPath(new URL("../../../../node_modules/.bin/", import.meta.url));

/** A runtime that a client runs on. */
export type ClientRuntime = "node" | "bun" | "deno";

/** All of them. */
export const CLIENT_RUNTIMES: readonly ClientRuntime[] = ["node", "bun", "deno"];

/** How each runtime is started with the script. */
const COMMANDS: Readonly<Record<ClientRuntime, readonly [program: string, ...args: string[]]>> = {
  node: ["node", SCRIPT],
  bun: ["bun", SCRIPT],
  deno: ["deno", "run", "--allow-all", "--quiet", SCRIPT],
};

/** Runs a client of `secured-client.ts` in a process with the environment that a server asks for; resolves to what it was answered. */
export async function runSecuredClient(
  server: FakeServer,
  client: string,
  runtime: ClientRuntime = "node",
): Promise<unknown> {
  const variables = createClientEnvironment({
    ...server,
    region: "us-east-2",
    workspaceId: WORKSPACE_ID,
    credentials: EXAMPLE_CREDENTIALS,
  });
  const [program, ...args] = COMMANDS[runtime];
  const inherited = {
    PATH: `${BIN}:${process.env["PATH"]}`,
    HOME: process.env["HOME"],
    NO_COLOR: "1",
    NODE_NO_WARNINGS: "1",
    ...RUNTIME_CACHES,
  };
  const entries = Object.entries({ ...inherited, ...variables }).filter(([, value]) => value !== undefined);
  const child = spawn(program, [...args, client], {
    stdio: ["ignore", "pipe", "pipe"],
    env: Object.fromEntries(entries),
  });
  // Where it hangs, the limit of the test ends it: how long a runtime takes to load a client is the machine's.
  onTestFinished(() => void child.kill("SIGKILL"));
  let out = "";
  let error = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (error += chunk.toString()));
  await new Promise((resolve) => child.once("close", resolve));
  try {
    return JSON.parse(out);
  } catch {
    throw new Error(`The client said "${out}" and ${error}`);
  }
}
