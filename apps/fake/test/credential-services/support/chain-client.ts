// Runs in a process of its own: the SDKs read the environment, and nothing else leads them to the fake.
import { AnthropicAws } from "@anthropic-ai/aws-sdk";
import { AnthropicBedrock, AnthropicBedrockMantle } from "@anthropic-ai/bedrock-sdk";
import { ConverseCommand, BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { fromNodeProviderChain } from "@aws-sdk/credential-providers";
import { createInterface } from "node:readline";

const PROMPT = { max_tokens: 16, messages: [{ role: "user" as const, content: "hello" }] };

/** Each is made once, with no argument that names credentials or an endpoint. */
const clients = {
  "aws-chain": () => {
    const provider = fromNodeProviderChain();
    return async () => (await provider()).accessKeyId;
  },
  sts: () => {
    const client = new STSClient();
    return async () => (await client.send(new GetCallerIdentityCommand())).Arn;
  },
  "anthropic-aws": () => {
    const client = new AnthropicAws({ maxRetries: 0 });
    return async () => (await client.messages.create({ model: "claude-sonnet-4-6", ...PROMPT })).role;
  },
  "anthropic-bedrock": () => {
    const client = new AnthropicBedrock({ maxRetries: 0 });
    return async () =>
      (await client.messages.create({ model: "us.anthropic.claude-sonnet-4-5-20250929-v1:0", ...PROMPT })).role;
  },
  "anthropic-bedrock-mantle": () => {
    const client = new AnthropicBedrockMantle({ maxRetries: 0 });
    return async () => (await client.messages.create({ model: "anthropic.claude-opus-4-7", ...PROMPT })).role;
  },
  "bedrock-runtime": () => {
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

const RealDate = Date;
/** The clock of the clients is so far ahead of the machine's. */
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

const [names = ""] = process.argv.slice(2);
const runtime = "Bun" in globalThis ? "bun" : "Deno" in globalThis ? "deno" : "node";
const turns = names.split(",").map((name) => [name, clients[name as keyof typeof clients]()] as const);

async function ask(turn: () => Promise<string | undefined>): Promise<ChainAnswer> {
  try {
    return { value: (await turn()) ?? "" };
  } catch (error) {
    const { name: kind, message } = error as Error;
    return { error: `${kind}: ${message}` };
  }
}

// Each line says how far ahead the clock is now, and asks every client once.
for await (const line of createInterface({ input: process.stdin })) {
  aheadMs = Number(line);
  const answers = await Promise.all(turns.map(async ([name, turn]) => [name, await ask(turn)] as const));
  console.log(JSON.stringify({ runtime, answers: Object.fromEntries(answers) }));
}
process.exit(0);
