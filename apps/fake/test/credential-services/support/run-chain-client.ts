import { RUNTIME_CACHES } from "@claude-on-aws/fixtures";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll } from "vitest";
import type { ChainAnswer, ChainResult, ChainTurn, ChainTurnAnswer } from "./chain-client.ts";

const FILE = fileURLToPath(new URL("./chain-client.ts", import.meta.url));

/** Where programs are: all that reaches the clients of the environment of the test. */
const PROGRAMS = { PATH: process.env["PATH"] ?? "", NO_COLOR: "1" };

const RUNTIME = "Bun" in globalThis ? "bun" : "Deno" in globalThis ? "deno" : "node";

/** How it runs a file. */
const ARGUMENTS = RUNTIME === "deno" ? ["run", "--allow-all", FILE] : [FILE];

/** Clients that {@link useChainClients} knows. */
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
interface RunChainOptions {
  /** The whole environment; nothing of the test's own reaches the clients, except where programs are. */
  readonly environment: Readonly<Record<string, string>>;
  /** @default {all of them} */
  readonly clients?: readonly ChainClient[];
  /** How far ahead of the machine the clock of the clients is at each turn, in milliseconds. */
  readonly clockAheadMs?: readonly number[];
  /** Called before each turn, so that the fake's clock goes along. */
  readonly onTurn?: (clockAheadMs: number) => void;
}

/** Runs clients, made anew, and resolves with what they said. */
type RunChainClients = (options: RunChainOptions) => Promise<ChainResult>;

/**
 * Starts a process for clients, on the runtime of the test, until all tests of the file have ended: loading the clients takes
 * longer than what they do. Each run gives it another environment and makes the clients anew; one runs after the other.
 */
export function useChainClients(): RunChainClients {
  let stop = (): unknown => undefined;
  let ask: (turn: ChainTurn) => Promise<ChainTurnAnswer>;
  beforeAll(() => {
    const child = spawn(process.execPath, [...ARGUMENTS], {
      env: { ...PROGRAMS, ...RUNTIME_CACHES },
      stdio: ["pipe", "pipe", "inherit"],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    ask = async (turn) => {
      child.stdin.write(`${JSON.stringify(turn)}\n`);
      const { value, done } = await lines.next();
      if (done === true) throw new Error("The clients ended before their turn");
      return JSON.parse(value) as ChainTurnAnswer;
    };
    stop = () => child.kill();
  });
  afterAll(() => void stop());

  const run: RunChainClients = async ({ clients = CHAIN_CLIENTS, clockAheadMs = [0], onTurn, ...options }) => {
    const environment = { ...PROGRAMS, ...options.environment };
    const results: Record<string, ChainAnswer[]> = {};
    for (const [index, aheadMs] of clockAheadMs.entries()) {
      onTurn?.(aheadMs);
      const { runtime, answers } = await ask({ aheadMs, ...(index === 0 && { begin: { environment, clients } }) });
      if (runtime !== RUNTIME) throw new Error(`Expected the clients to run on ${RUNTIME}, found ${runtime}`);
      for (const [client, answer] of Object.entries(answers)) (results[client] ??= []).push(answer);
    }
    return results;
  };
  return run;
}
