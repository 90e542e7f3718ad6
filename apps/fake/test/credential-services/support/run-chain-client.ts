import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { ChainResult } from "./chain-client.ts";

const FILE = fileURLToPath(new URL("./chain-client.ts", import.meta.url));

const RUNTIME = "Bun" in globalThis ? "bun" : "Deno" in globalThis ? "deno" : "node";

/** How it runs a file. */
const ARGUMENTS = RUNTIME === "deno" ? ["run", "--allow-all", FILE] : [FILE];

/** Clients that {@link runChainClient} knows. */
export const CHAIN_CLIENTS = [
  "aws-chain",
  "sts",
  "anthropic-aws",
  "anthropic-bedrock",
  "anthropic-bedrock-mantle",
  "bedrock-runtime",
] as const;

export type ChainClient = (typeof CHAIN_CLIENTS)[number];

/** What each client says at each of its turns. */
export interface RunChainOptions {
  /** The whole environment; nothing of the test's own reaches the clients, except where programs are. */
  readonly environment: Readonly<Record<string, string>>;
  /** @default {all of them} */
  readonly clients?: readonly ChainClient[];
  /** How long each turn waits, in milliseconds. */
  readonly waits?: readonly number[];
}

/** Runs clients in a process of their own, on the runtime of the test. */
export async function runChainClient({
  environment,
  clients = CHAIN_CLIENTS,
  waits = [0],
}: RunChainOptions): Promise<ChainResult> {
  const { stdout } = await promisify(execFile)(process.execPath, [...ARGUMENTS, clients.join(), waits.join()], {
    env: { PATH: process.env["PATH"] ?? "", NO_COLOR: "1", ...environment },
    timeout: 25_000,
  });
  const said = JSON.parse(stdout) as { readonly runtime: string; readonly results: ChainResult };
  if (said.runtime !== RUNTIME) throw new Error(`Expected the clients to run on ${RUNTIME}, found ${said.runtime}`);
  return said.results;
}
