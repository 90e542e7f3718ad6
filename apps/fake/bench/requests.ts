import { signRequest, type WireRequest } from "@claude-on-aws/auth/sigv4";
import { EXAMPLE_CREDENTIALS } from "../src/settings/example-credentials.ts";

/** How many letters of an answer one event carries, with the fake and with its peer. */
export const PIECE_LENGTH = 8;
const EVENTS = 50;
/** Events of a stream that carry no text. */
const FRAME_EVENTS = 6;

/** What is asked last, echoed by the fake and answered by its peers. */
export const TEXT: string = "The quick brown fox jumps over the lazy dog, again and again. "
  .repeat(8)
  .slice(0, (EVENTS - FRAME_EVENTS) * PIECE_LENGTH);

const CLAUDE = "/v1/messages";
const BEDROCK = "/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0";
const ON_CLAUDE_PLATFORM: WireRequest["headers"] = [
  ["anthropic-version", "2023-06-01"],
  ["anthropic-workspace-id", "wrkspc_01AbCdEf23GhIj"],
];
const JSON_BYTES = 10_240;

/** One thing to measure. */
export interface Scenario {
  readonly name: string;
  readonly service: string;
  readonly target: string;
  readonly body: { readonly stream?: true; readonly [field: string]: unknown };
  readonly headers: WireRequest["headers"];
  /** Events in the answer, roughly. */
  readonly events: number;
}

const messages = [{ role: "user", content: TEXT }];
const claudeBody = { model: "claude-sonnet-4-6", max_tokens: 1024 };

/** A conversation whose body has a length, as far as whole turns go. */
function conversation(bytes: number): object[] {
  const turn = [
    { role: "user", content: TEXT },
    { role: "assistant", content: TEXT },
  ];
  const turns = Math.floor((bytes - JSON.stringify({ ...claudeBody, messages }).length) / JSON.stringify(turn).length);
  const system = { role: "user", content: TEXT };
  return [...Array.from({ length: turns }, () => turn).flat(), system];
}

export const SCENARIOS: readonly Scenario[] = [
  {
    name: "10 KB of JSON to CreateMessage",
    service: "aws-external-anthropic",
    target: CLAUDE,
    body: { ...claudeBody, messages: conversation(JSON_BYTES) },
    headers: ON_CLAUDE_PLATFORM,
    events: 1,
  },
  {
    name: "CreateMessage as SSE of 50 events",
    service: "aws-external-anthropic",
    target: CLAUDE,
    body: { ...claudeBody, messages, stream: true },
    headers: ON_CLAUDE_PLATFORM,
    events: EVENTS,
  },
  {
    name: "InvokeModelWithResponseStream, 50 frames",
    service: "bedrock",
    target: `${BEDROCK}/invoke-with-response-stream`,
    body: { anthropic_version: "bedrock-2023-05-31", max_tokens: 1024, messages },
    headers: [],
    events: EVENTS,
  },
];

/** The request of a scenario, signed for a port; good for five minutes. */
export function signedRequest({ service, target, body, headers }: Scenario, port: number): Promise<WireRequest> {
  return signRequest(
    {
      method: "POST",
      target,
      headers: [["host", `127.0.0.1:${port}`], ["content-type", "application/json"], ...headers],
      httpVersion: "1.1",
      body: new TextEncoder().encode(JSON.stringify(body)),
    },
    { credentials: EXAMPLE_CREDENTIALS, region: "us-east-1", service },
  );
}

/** {@link signedRequest} as the bytes that go over the wire. */
export async function requestBytes(scenario: Scenario, port: number): Promise<Buffer> {
  const { target, headers, body } = await signedRequest(scenario, port);
  const lines = [...headers, ["content-length", String(body.length)]].map(([name, value]) => `${name}: ${value}`);
  return Buffer.concat([Buffer.from([`POST ${target} HTTP/1.1`, ...lines, "", ""].join("\r\n")), body]);
}
