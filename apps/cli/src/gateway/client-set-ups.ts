import type { AwsProvider } from "@claude-on-aws/endpoints";

/** Where clients find a gateway, and what they show it. */
export interface GatewayAddress {
  /** Base URL without a slash at its end. */
  readonly url: string;
  readonly token: string;
  /** Of the service behind it; clients want one, though the gateway decides. */
  readonly region: string;
  /** Of Claude Platform on AWS; null where the gateway is not known to have one. */
  readonly workspaceId: string | null;
}

/** A way for clients to reach a gateway, as the documents of Claude Code have it, or as an SDK reads it. */
export interface ClientSetUp {
  /** What `--json` calls it. */
  readonly name: string;
  readonly title: string;
  /** The services that can stand behind the gateway for it; empty for any. */
  readonly providers: readonly AwsProvider[];
  readonly variables: (address: GatewayAddress) => Readonly<Record<string, string>>;
  readonly source: string;
}

const GATEWAY_PAGE = "https://code.claude.com/docs/en/llm-gateway-protocol";
const PLATFORM_PAGE = "https://code.claude.com/docs/en/claude-platform-on-aws";
const BEDROCK_PAGE = "https://code.claude.com/docs/en/amazon-bedrock";
const VARIABLES_PAGE = "https://code.claude.com/docs/en/env-vars";
const ENDPOINTS_PAGE = "https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html";

/** What Claude Code asks for where it is switched to Claude Platform on AWS; the gateway sends its own. */
const ANY_WORKSPACE = "wrkspc_behindTheGateway";

/** Every set-up, in the order in which it is printed. */
export const CLIENT_SET_UPS: readonly ClientSetUp[] = [
  {
    name: "messages",
    title: "Claude Code, the Agent SDK, Anthropic's SDKs: the Messages API, whatever is behind the gateway",
    providers: [],
    variables: ({ url, token }) => ({ ANTHROPIC_BASE_URL: url, ANTHROPIC_AUTH_TOKEN: token }),
    source: GATEWAY_PAGE,
  },
  {
    name: "anthropic-aws",
    title: "Claude Code as on Claude Platform on AWS, unsigned",
    providers: ["anthropic-aws"],
    variables: ({ url, token, region, workspaceId }) => ({
      CLAUDE_CODE_USE_ANTHROPIC_AWS: "1",
      ANTHROPIC_AWS_BASE_URL: url,
      CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH: "1",
      ANTHROPIC_AUTH_TOKEN: token,
      ANTHROPIC_AWS_WORKSPACE_ID: workspaceId ?? ANY_WORKSPACE,
      AWS_REGION: region,
    }),
    source: PLATFORM_PAGE,
  },
  {
    name: "bedrock",
    title: "Claude Code as on Amazon Bedrock, unsigned",
    providers: ["bedrock"],
    variables: ({ url, token, region }) => ({
      CLAUDE_CODE_USE_BEDROCK: "1",
      ANTHROPIC_BEDROCK_BASE_URL: url,
      CLAUDE_CODE_SKIP_BEDROCK_AUTH: "1",
      ANTHROPIC_AUTH_TOKEN: token,
      AWS_REGION: region,
    }),
    source: BEDROCK_PAGE,
  },
  {
    name: "mantle",
    title: "Claude Code as on Bedrock's Messages endpoint, unsigned",
    providers: ["mantle"],
    variables: ({ url, token, region }) => ({
      CLAUDE_CODE_USE_MANTLE: "1",
      ANTHROPIC_BEDROCK_MANTLE_BASE_URL: `${url}/anthropic`,
      CLAUDE_CODE_SKIP_MANTLE_AUTH: "1",
      ANTHROPIC_AUTH_TOKEN: token,
      AWS_REGION: region,
    }),
    source: VARIABLES_PAGE,
  },
  {
    name: "ai-sdk",
    title: "The AI SDK: @ai-sdk/anthropic, which wants /v1",
    providers: [],
    variables: ({ url, token }) => ({ ANTHROPIC_BASE_URL: `${url}/v1`, ANTHROPIC_API_KEY: token }),
    source: "@ai-sdk/anthropic 4.0.105, read",
  },
  {
    name: "aws-sdk",
    title: "AWS's SDKs and boto3, and @ai-sdk/amazon-bedrock: Amazon Bedrock with a bearer token",
    providers: ["bedrock"],
    variables: ({ url, token, region }) => ({
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: url,
      // Lists of inference profiles: AWS itself would be shown the token otherwise.
      AWS_ENDPOINT_URL_BEDROCK: url,
      AWS_BEARER_TOKEN_BEDROCK: token,
      AWS_REGION: region,
    }),
    source: ENDPOINTS_PAGE,
  },
];

/** What would have a client of one set-up take another way: it must not be set. */
export const NOT_SET: readonly string[] = [
  "CLAUDE_CODE_USE_BEDROCK",
  "CLAUDE_CODE_USE_FOUNDRY",
  "CLAUDE_CODE_USE_ANTHROPIC_AWS",
  "CLAUDE_CODE_USE_MANTLE",
  "CLAUDE_CODE_USE_VERTEX",
  "ANTHROPIC_API_KEY",
  "ANTHROPIC_AWS_API_KEY",
  "AWS_BEARER_TOKEN_BEDROCK",
];
