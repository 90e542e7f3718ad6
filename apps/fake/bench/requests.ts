import { signRequest, type WireRequest } from "@claude-on-aws/auth/sigv4";
import { EXAMPLE_CREDENTIALS } from "../src/options.ts";

/** What is asked, echoed by the fake and answered by its peer: about a kilobyte. */
export const TEXT: string = "The quick brown fox jumps over the lazy dog, again and again. ".repeat(16).trim();

const messages = [{ role: "user", content: TEXT }];
const CLAUDE = "/v1/messages";
const BEDROCK = "/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0";
const ON_CLAUDE_PLATFORM: WireRequest["headers"] = [
  ["anthropic-version", "2023-06-01"],
  ["anthropic-workspace-id", "wrkspc_01AbCdEf23GhIj"],
];

/** One thing to measure. */
export interface Scenario {
  readonly name: string;
  readonly service: string;
  readonly target: string;
  readonly body: object;
  readonly headers: WireRequest["headers"];
}

const claudeBody = { model: "claude-sonnet-4-6", max_tokens: 1024, messages };
const bedrockBody = { anthropic_version: "bedrock-2023-05-31", max_tokens: 1024, messages };

export const SCENARIOS: readonly Scenario[] = [
  {
    name: "messages, JSON",
    service: "aws-external-anthropic",
    target: CLAUDE,
    body: claudeBody,
    headers: ON_CLAUDE_PLATFORM,
  },
  {
    name: "messages, SSE",
    service: "aws-external-anthropic",
    target: CLAUDE,
    body: { ...claudeBody, stream: true },
    headers: ON_CLAUDE_PLATFORM,
  },
  { name: "invoke, JSON", service: "bedrock", target: `${BEDROCK}/invoke`, body: bedrockBody, headers: [] },
  {
    name: "invoke, event stream",
    service: "bedrock",
    target: `${BEDROCK}/invoke-with-response-stream`,
    body: bedrockBody,
    headers: [],
  },
];

/** The signed request as the bytes that go over the wire; good for five minutes. */
export async function requestBytes({ service, target, body, headers }: Scenario, port: number): Promise<Buffer> {
  const bytes = Buffer.from(JSON.stringify(body));
  const signed = await signRequest(
    {
      method: "POST",
      target,
      headers: [["host", `127.0.0.1:${port}`], ["content-type", "application/json"], ...headers],
      httpVersion: "1.1",
      body: bytes,
    },
    { credentials: EXAMPLE_CREDENTIALS, region: "us-east-1", service },
  );
  const lines = [...signed.headers, ["content-length", String(bytes.length)]].map(
    ([name, value]) => `${name}: ${value}`,
  );
  return Buffer.concat([Buffer.from([`POST ${target} HTTP/1.1`, ...lines, "", ""].join("\r\n")), bytes]);
}
