import { AnthropicAws } from "@anthropic-ai/aws-sdk";
import { AnthropicBedrock, AnthropicBedrockMantle } from "@anthropic-ai/bedrock-sdk";
import { BedrockRuntimeClient, type BedrockRuntimeClientConfig } from "@aws-sdk/client-bedrock-runtime";
import { EXAMPLE_CREDENTIALS } from "../../src/server.ts";
import { WORKSPACE_ID } from "../support/start-fake.ts";

const { accessKeyId, secretAccessKey } = EXAMPLE_CREDENTIALS;

/** How the clients of Anthropic are told what they may do. */
interface ClientOptions {
  readonly maxRetries?: number;
}

/** A client of Anthropic, and the model that it may be asked for. */
export interface MessagesClient {
  readonly client: (url: string, options?: ClientOptions) => Pick<AnthropicAws, "messages">;
  readonly model: string;
}

/** Anthropic's client for each provider, unmodified. */
export const MESSAGES_CLIENTS: Readonly<Record<string, MessagesClient>> = {
  "@anthropic-ai/aws-sdk": {
    model: "claude-sonnet-4-6",
    client: (url, options) =>
      new AnthropicAws({
        baseURL: url,
        workspaceId: WORKSPACE_ID,
        awsRegion: "eu-west-1",
        awsAccessKey: accessKeyId,
        awsSecretAccessKey: secretAccessKey,
        maxRetries: 0,
        ...options,
      }),
  },
  "@anthropic-ai/bedrock-sdk": {
    model: "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
    client: (url, options) =>
      new AnthropicBedrock({
        baseURL: url,
        awsRegion: "us-east-2",
        awsAccessKey: accessKeyId,
        awsSecretKey: secretAccessKey,
        maxRetries: 0,
        ...options,
      }) as unknown as Pick<AnthropicAws, "messages">,
  },
  "the Mantle client of @anthropic-ai/bedrock-sdk": {
    model: "anthropic.claude-opus-4-7",
    client: (url, options) =>
      new AnthropicBedrockMantle({
        baseURL: `${url}/anthropic`,
        awsRegion: "us-east-1",
        awsAccessKey: accessKeyId,
        awsSecretAccessKey: secretAccessKey,
        maxRetries: 0,
        ...options,
      }) as unknown as Pick<AnthropicAws, "messages">,
  },
};

/** A model that AWS's client may be asked for. */
export const BEDROCK_MODEL = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

/** AWS's client with its default handler, which speaks HTTP/2. */
export const bedrockRuntime = (url: string, config: BedrockRuntimeClientConfig = {}): BedrockRuntimeClient =>
  new BedrockRuntimeClient({
    region: "us-east-2",
    endpoint: url,
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey },
    ...config,
  });
