// Runs in a process of its own: the SDKs read the environment, and nothing else leads them to the fake.
import { AnthropicAws } from "@anthropic-ai/aws-sdk";
import { AnthropicBedrock, AnthropicBedrockMantle } from "@anthropic-ai/bedrock-sdk";
import { ConverseCommand, BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { fromNodeProviderChain } from "@aws-sdk/credential-providers";
import { setTimeout as wait } from "node:timers/promises";

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
export type ChainResult = Readonly<Record<string, readonly { readonly value?: string; readonly error?: string }[]>>;

const [names = "", waits = "0"] = process.argv.slice(2);

async function ask(name: string): Promise<ChainResult[string]> {
  const turn = clients[name as keyof typeof clients]();
  const said: { value?: string; error?: string }[] = [];
  for (const milliseconds of waits.split(",")) {
    await wait(Number(milliseconds));
    try {
      said.push({ value: (await turn()) ?? "" });
    } catch (error) {
      const { name: kind, message } = error as Error;
      said.push({ error: `${kind}: ${message}` });
    }
  }
  return said;
}

const asked = names.split(",").map(async (name) => [name, await ask(name)] as const);
const runtime = "Bun" in globalThis ? "bun" : "Deno" in globalThis ? "deno" : "node";
console.log(JSON.stringify({ runtime, results: Object.fromEntries(await Promise.all(asked)) }));
process.exit(0);
