import { authFetch } from "@claude-on-aws/auth";
import { diagnoseMismatch } from "@claude-on-aws/auth/diagnose";
import { signRequest, verifyRequest, type WireRequest } from "@claude-on-aws/auth/sigv4";
import { encodeModelPath, parseArn, parseBedrockResource } from "@claude-on-aws/bedrock";
import { formatServiceHost, parseServiceHost } from "@claude-on-aws/endpoints";
import { resolveConfig } from "@claude-on-aws/env";
import { planRequest } from "@claude-on-aws/fetch";
import { resolveModel } from "@claude-on-aws/models";
import {
  ClaudeEventEncoderStream,
  type ClaudeEvent,
  decodeClaudeEvents,
  eventStreamToSse,
  messageFromEvents,
} from "@claude-on-aws/streaming/claude";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const date = new Date("2026-11-01T12:00:00Z");
const request: WireRequest = {
  method: "POST",
  target: "/v1/messages",
  headers: [
    ["host", "aws-external-anthropic.us-east-1.api.aws"],
    ["content-type", "application/json"],
  ],
  httpVersion: "1.1",
  body: new TextEncoder().encode('{"model":"claude-sonnet-4-6"}'),
};
const events: readonly ClaudeEvent[] = [
  {
    type: "message_start",
    message: {
      id: "msg_1",
      type: "message",
      role: "assistant",
      model: "claude",
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 1, output_tokens: 1 },
    },
  },
  { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
  { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "Grüße 👋" } },
  { type: "content_block_stop", index: 0 },
  { type: "message_delta", delta: { stop_reason: "end_turn", stop_sequence: null }, usage: { output_tokens: 2 } },
  { type: "message_stop" },
];

/** Asks every package that is promised for workers something that has one answer, whatever runs it. */
export async function answerQuestions(): Promise<Readonly<Record<string, unknown>>> {
  const signed = await signRequest(request, {
    credentials,
    region: "us-east-1",
    service: "aws-external-anthropic",
    date,
  });
  const verifier = { credentials: () => credentials, now: date };
  const changed = { ...signed, method: "PUT" };
  const { mistakes } = await diagnoseMismatch(changed, verifier);
  const config = resolveConfig({
    env: { CLAUDE_CODE_USE_BEDROCK: "1", AWS_REGION: "eu-west-1", AWS_BEARER_TOKEN_BEDROCK: "ABSKexample" },
  });
  return {
    signed: signed.headers,
    verified: [(await verifyRequest(signed, verifier)).ok, (await verifyRequest(changed, verifier)).ok],
    diagnosed: mistakes.map(({ code }) => code),
    sent: await sendSigned(),
    hosts: [
      formatServiceHost({ provider: "bedrock", plane: "control", region: "us-gov-west-1", fips: true }),
      parseServiceHost("bedrock-mantle.us-east-1.api.aws"),
    ],
    resource: parseBedrockResource(parseArn("arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-opus-5")),
    path: encodeModelPath("us.anthropic.claude-sonnet-4-5-20250929-v1:0"),
    model: resolveModel("sonnet", { provider: "bedrock", region: "eu-west-1" }),
    planned: planRequest(config, { model: "sonnet" }).request,
    message: await messageFromEvents(decodeClaudeEvents(bedrockResponse())),
    sse: await eventStreamToSse(bedrockResponse()).text(),
  };
}

/** What leaves through `authFetch`. */
async function sendSigned(): Promise<unknown> {
  const send = authFetch({
    credentials,
    now: () => date,
    fetch: async (_, init) => Response.json([...new Headers(init?.headers)]),
  });
  return (await send("https://aws-external-anthropic.us-east-1.api.aws/v1/models")).json();
}

/** As Bedrock streams it. */
function bedrockResponse(): Response {
  const stream = new ReadableStream<ClaudeEvent>({
    start(controller): void {
      for (const event of events) controller.enqueue(event);
      controller.close();
    },
  });
  return new Response(stream.pipeThrough(new ClaudeEventEncoderStream({ format: "invoke" })), {
    headers: { "content-type": "application/vnd.amazon.eventstream" },
  });
}
