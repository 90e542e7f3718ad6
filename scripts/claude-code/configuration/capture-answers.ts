import { encodeMessage } from "../../../packages/streaming/src/event-stream/index.ts";
import type { CapturedRequest } from "./capture-server.ts";

/** An answer of the capture server. */
export interface CapturedAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Uint8Array;
}

/** What the model says. */
export const CAPTURE_REPLY = "FAKE-REPLY-OK";

const USAGE = { input_tokens: 1, output_tokens: 1 };
const MESSAGE = {
  id: "msg_01AbCdEf",
  type: "message",
  role: "assistant",
  model: "claude",
  content: [{ type: "text", text: CAPTURE_REPLY }],
  stop_reason: "end_turn",
  stop_sequence: null,
  usage: USAGE,
};
const EVENTS = [
  { type: "message_start", message: { ...MESSAGE, content: [], stop_reason: null } },
  { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
  { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: CAPTURE_REPLY } },
  { type: "content_block_stop", index: 0 },
  { type: "message_delta", delta: { stop_reason: "end_turn", stop_sequence: null }, usage: USAGE },
  { type: "message_stop" },
];

/** The model behind every application inference profile: one that the lists below hold. */
const PROFILE_MODEL_ARN = "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-opus-4-7";

/**
 * Answers as the service does where all is well, whatever the signature: what is recorded is the request.
 *
 * @param request The request.
 * @param inferenceProfiles Ids of the inference profiles to list.
 * @returns The answer.
 */
export function answerCaptured(
  { method, target, body }: CapturedRequest,
  inferenceProfiles: readonly string[],
): CapturedAnswer {
  const [path = ""] = target.split("?");
  if (method === "GET" && path.endsWith("/inference-profiles")) {
    return json({ inferenceProfileSummaries: inferenceProfiles.map(describeProfile) });
  }
  if (method === "GET" && path.includes("/inference-profiles/")) {
    const id = decodeURIComponent(path.slice(path.lastIndexOf("/") + 1));
    return json({ ...describeProfile(id), models: [{ modelArn: PROFILE_MODEL_ARN }] });
  }
  if (path.endsWith("/invoke-with-response-stream")) {
    return { status: 200, contentType: "application/vnd.amazon.eventstream", body: Buffer.concat(EVENTS.map(toFrame)) };
  }
  if (method !== "POST" || path === "/") return json({ message: "Not recorded" }, 403);
  if (!/"stream":\s*true/.test(body)) return json(MESSAGE);
  const text = EVENTS.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join("");
  return { status: 200, contentType: "text/event-stream", body: text };
}

const json = (value: unknown, status = 200): CapturedAnswer => ({
  status,
  contentType: "application/json",
  body: JSON.stringify(value),
});

function describeProfile(id: string): object {
  return {
    inferenceProfileId: id,
    inferenceProfileName: id,
    inferenceProfileArn: `arn:aws:bedrock:us-east-1:123456789012:inference-profile/${id}`,
    status: "ACTIVE",
    type: "SYSTEM_DEFINED",
    models: [{ modelArn: `arn:aws:bedrock:us-east-1::foundation-model/${id.slice(id.indexOf(".") + 1)}` }],
  };
}

function toFrame(event: object): Uint8Array {
  const bytes = Buffer.from(JSON.stringify(event)).toString("base64");
  return encodeMessage({
    headers: {
      ":event-type": { type: "string", value: "chunk" },
      ":content-type": { type: "string", value: "application/json" },
      ":message-type": { type: "string", value: "event" },
    },
    payload: new TextEncoder().encode(JSON.stringify({ bytes })),
  });
}
