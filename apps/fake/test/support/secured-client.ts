/**
 * Official clients, each in its production configuration: all that they know stands in the environment. Run in a process of
 * its own, because a runtime reads its certificates and its proxy at the start.
 */
import { AnthropicAws } from "@anthropic-ai/aws-sdk";
import { AnthropicBedrock } from "@anthropic-ai/bedrock-sdk";
import { BedrockRuntimeClient, ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { Agent } from "node:https";
import process from "node:process";

const messages = [{ role: "user" as const, content: "hello from far" }];
const PROFILE = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

const converse = (client: BedrockRuntimeClient): Promise<unknown> =>
  client
    .send(
      new ConverseCommand({ modelId: PROFILE, messages: [{ role: "user", content: [{ text: "hello from far" }] }] }),
    )
    .then(({ output }) => output?.message?.content?.[0]?.text);

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
    const answer = await new AnthropicAws().messages.create({ model: "claude-sonnet-4-6", max_tokens: 16, messages });
    return answer.content[0]?.type === "text" && answer.content[0].text;
  },
  "bedrock-sdk": async () => {
    const client = new AnthropicBedrock() as unknown as Pick<AnthropicAws, "messages">;
    const answer = await client.messages.create({ model: PROFILE, max_tokens: 16, messages });
    return answer.content[0]?.type === "text" && answer.content[0].text;
  },
  // AWS's SDK looks at no proxy by itself.
  "aws-agent": () =>
    converse(
      new BedrockRuntimeClient({
        requestHandler: new NodeHttpHandler({ httpsAgent: new Agent({ proxyEnv: process.env }) }),
      }),
    ),
  // Its own handler, which asks for HTTP/2.
  "aws-default": () => converse(new BedrockRuntimeClient({})),
};

const [name = ""] = process.argv.slice(2);
try {
  console.log(JSON.stringify(await clients[name]?.()));
} catch (error) {
  const { message, cause } = error as Error;
  console.log(JSON.stringify({ error: message, cause: String((cause as Error | undefined)?.message) }));
}
