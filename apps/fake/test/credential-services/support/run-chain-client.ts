import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { ChainAnswer, ChainResult } from "./chain-client.ts";

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

type ChainClient = (typeof CHAIN_CLIENTS)[number];

/** What each client says at each of its turns. */
export interface RunChainOptions {
  /** The whole environment; nothing of the test's own reaches the clients, except where programs are. */
  readonly environment: Readonly<Record<string, string>>;
  /** @default {all of them} */
  readonly clients?: readonly ChainClient[];
  /** How far ahead of the machine the clock of the clients is at each turn, in milliseconds. */
  readonly clockAheadMs?: readonly number[];
  /** Called before each turn, so that the fake's clock goes along. */
  readonly onTurn?: (clockAheadMs: number) => void;
}

/** Runs clients in a process of their own, on the runtime of the test. */
export async function runChainClient({
  environment,
  clients = CHAIN_CLIENTS,
  clockAheadMs = [0],
  onTurn,
}: RunChainOptions): Promise<ChainResult> {
  const child = spawn(process.execPath, [...ARGUMENTS, clients.join()], {
    env: { PATH: process.env["PATH"] ?? "", NO_COLOR: "1", ...environment },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const results: Record<string, ChainAnswer[]> = {};
  try {
    for (const aheadMs of clockAheadMs) {
      onTurn?.(aheadMs);
      child.stdin.write(`${aheadMs}\n`);
      const { value, done } = await lines.next();
      if (done === true) throw new Error("The clients ended before their turn");
      const said = JSON.parse(value) as { readonly runtime: string; readonly answers: Record<string, ChainAnswer> };
      if (said.runtime !== RUNTIME) throw new Error(`Expected the clients to run on ${RUNTIME}, found ${said.runtime}`);
      for (const [client, answer] of Object.entries(said.answers)) (results[client] ??= []).push(answer);
    }
  } finally {
    child.kill();
  }
  return results;
}
