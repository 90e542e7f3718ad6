// Runs in a process of its own: the SDKs read the environment, and nothing else leads them to the fake.
import { createInterface } from "node:readline";
import process from "node:process";

const PROMPT = { max_tokens: 16, messages: [{ role: "user" as const, content: "hello" }] };

/** Asks something, with what was found once. */
type Turn = () => Promise<string | undefined>;

/** Each is made once an environment, with no argument that names credentials or an endpoint; loaded when it is first asked for. */
const CLIENTS: Readonly<Record<string, () => Promise<Turn>>> = {
  "aws-chain": async () => {
    const { fromNodeProviderChain } = await import("@aws-sdk/credential-providers");
    const provider = fromNodeProviderChain();
    return async () => (await provider()).accessKeyId;
  },
  sts: async () => {
    const { GetCallerIdentityCommand, STSClient } = await import("@aws-sdk/client-sts");
    const client = new STSClient();
    return async () => (await client.send(new GetCallerIdentityCommand())).Arn;
  },
  "anthropic-aws": async () => {
    const { AnthropicAws } = await import("@anthropic-ai/aws-sdk");
    const client = new AnthropicAws({ maxRetries: 0 });
    return async () => (await client.messages.create({ model: "claude-sonnet-4-6", ...PROMPT })).role;
  },
  "anthropic-bedrock": async () => {
    const { AnthropicBedrock } = await import("@anthropic-ai/bedrock-sdk");
    const client = new AnthropicBedrock({ maxRetries: 0 });
    return async () =>
      (await client.messages.create({ model: "us.anthropic.claude-sonnet-4-5-20250929-v1:0", ...PROMPT })).role;
  },
  "anthropic-bedrock-mantle": async () => {
    const { AnthropicBedrockMantle } = await import("@anthropic-ai/bedrock-sdk");
    const client = new AnthropicBedrockMantle({ maxRetries: 0 });
    return async () => (await client.messages.create({ model: "anthropic.claude-opus-4-7", ...PROMPT })).role;
  },
  "bedrock-runtime": async () => {
    const { BedrockRuntimeClient, ConverseCommand } = await import("@aws-sdk/client-bedrock-runtime");
    const client = new BedrockRuntimeClient();
    return async () =>
      (
        await client.send(
          new ConverseCommand({
            modelId: "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
            messages: [{ role: "user", content: [{ text: "hello" }] }],
          }),
        )
      ).output?.message?.role;
  },
};

/** What a client said at each of its turns: a value, or why it could not. */
export type ChainResult = Readonly<Record<string, readonly ChainAnswer[]>>;

export interface ChainAnswer {
  readonly value?: string;
  readonly error?: string;
}

/** A line on standard input: asks every client once. */
export interface ChainTurn {
  /** Makes the clients anew. */
  readonly begin?: {
    /** The whole environment. */
    readonly environment: Readonly<Record<string, string>>;
    readonly clients: readonly string[];
  };
  /** How far ahead of the machine the clock of the clients is. */
  readonly aheadMs: number;
}

/** The line that answers it. */
export interface ChainTurnAnswer {
  readonly runtime: string;
  readonly answers: Readonly<Record<string, ChainAnswer>>;
}

const RealDate = Date;
let aheadMs = 0;

/** Only the clock is ours: the clients see sessions end without anybody waiting for it. */
globalThis.Date = class extends RealDate {
  constructor(...values: unknown[]) {
    super(...((values.length === 0 ? [RealDate.now() + aheadMs] : values) as [number]));
  }

  static override now(): number {
    return RealDate.now() + aheadMs;
  }
} as DateConstructor;

const runtime = "Bun" in globalThis ? "bun" : "Deno" in globalThis ? "deno" : "node";
let turns: readonly (readonly [name: string, turn: Turn])[] = [];

async function begin({ environment, clients }: NonNullable<ChainTurn["begin"]>): Promise<void> {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, environment);
  turns = await Promise.all(
    clients.map(async (name) => [name, await (CLIENTS[name] as () => Promise<Turn>)()] as const),
  );
}

async function ask(turn: Turn): Promise<ChainAnswer> {
  try {
    return { value: (await turn()) ?? "" };
  } catch (error) {
    const { name: kind, message } = error as Error;
    return { error: `${kind}: ${message}` };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const turn = JSON.parse(line) as ChainTurn;
  ({ aheadMs } = turn);
  if (turn.begin !== undefined) await begin(turn.begin);
  const answers = await Promise.all(turns.map(async ([name, next]) => [name, await ask(next)] as const));
  console.log(JSON.stringify({ runtime, answers: Object.fromEntries(answers) } satisfies ChainTurnAnswer));
}
process.exit(0);
