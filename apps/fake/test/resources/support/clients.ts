import { AnthropicAws } from "@anthropic-ai/aws-sdk";
import { CREDENTIALS, WORKSPACE_ID, WORKSPACE_KEY } from "../../support/start-fake.ts";

/** What a client of a test says of itself. */
interface ClientOptions {
  readonly workspaceId?: string;
  readonly awsRegion?: string;
}

type MakeClient = (url: string, options?: ClientOptions) => AnthropicAws;

const common = (url: string, { workspaceId = WORKSPACE_ID, awsRegion = "eu-west-1" }: ClientOptions = {}) => ({
  baseURL: url,
  workspaceId,
  awsRegion,
  maxRetries: 0,
});

/** The client of Anthropic, unmodified, by how it proves who it is. */
export const AWS_CLIENTS: Readonly<Record<string, MakeClient>> = {
  ...Object.fromEntries(
    Object.entries(CREDENTIALS).map(([name, { accessKeyId, secretAccessKey, sessionToken }]): [string, MakeClient] => [
      name,
      (url, options) =>
        new AnthropicAws({
          ...common(url, options),
          awsAccessKey: accessKeyId,
          awsSecretAccessKey: secretAccessKey,
          awsSessionToken: sessionToken ?? null,
        }),
    ]),
  ),
  "a workspace API key": (url, options) => new AnthropicAws({ ...common(url, options), apiKey: WORKSPACE_KEY }),
};
