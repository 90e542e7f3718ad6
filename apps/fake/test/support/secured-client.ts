/**
 * Official clients, each in its production configuration: all that they know stands in the environment. Run in a process of
 * its own, because a runtime reads its certificates and its proxy at the start; each process loads the client that it runs,
 * and no other.
 */
import type { AnthropicAws } from "@anthropic-ai/aws-sdk";
import { Agent } from "node:https";
import process from "node:process";

const messages = [{ role: "user" as const, content: "hello from far" }];
const PROFILE = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

async function converse(agent?: Agent): Promise<unknown> {
  const { BedrockRuntimeClient, ConverseCommand } = await import("@aws-sdk/client-bedrock-runtime");
  const { NodeHttpHandler } = await import("@smithy/node-http-handler");
  // Its own handler asks for HTTP/2.
  const client = new BedrockRuntimeClient(agent ? { requestHandler: new NodeHttpHandler({ httpsAgent: agent }) } : {});
  const { output } = await client.send(
    new ConverseCommand({ modelId: PROFILE, messages: [{ role: "user", content: [{ text: "hello from far" }] }] }),
  );
  return output?.message?.content?.[0]?.text;
}

/** What each client is answered, by name. */
const clients: Readonly<Record<string, () => Promise<unknown>>> = {
  fetch: async () => {
    const response = await fetch("https://aws-external-anthropic.eu-west-1.api.aws/v1/models", {
      headers: {
        "x-api-key": "aws-external-anthropic-api-key-EXAMPLE",
        "anthropic-version": "2023-06-01",
        "anthropic-workspace-id": process.env["ANTHROPIC_AWS_WORKSPACE_ID"] ?? "",
      },
    });
    return response.status;
  },
  "fetch-elsewhere": () => fetch("https://telemetry.example.com/").then(({ status }) => status),
  "aws-sdk": async () => {
    const { AnthropicAws } = await import("@anthropic-ai/aws-sdk");
    const answer = await new AnthropicAws().messages.create({ model: "claude-sonnet-4-6", max_tokens: 16, messages });
    return answer.content[0]?.type === "text" && answer.content[0].text;
  },
  "bedrock-sdk": async () => {
    const { AnthropicBedrock } = await import("@anthropic-ai/bedrock-sdk");
    const client = new AnthropicBedrock() as unknown as Pick<AnthropicAws, "messages">;
    const answer = await client.messages.create({ model: PROFILE, max_tokens: 16, messages });
    return answer.content[0]?.type === "text" && answer.content[0].text;
  },
  // AWS's SDK looks at no proxy by itself.
  "aws-agent": () => converse(new Agent({ proxyEnv: process.env })),
  "aws-default": () => converse(),
};

const [name = ""] = process.argv.slice(2);
try {
  console.log(JSON.stringify(await clients[name]?.()));
} catch (error) {
  const { message, cause } = error as Error;
  console.log(JSON.stringify({ error: message, cause: String((cause as Error | undefined)?.message) }));
}
