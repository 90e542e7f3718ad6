import {
  citationFromConverse,
  type ClaudeMessage,
  decodeClaudeEvents,
  messageFromEvents,
} from "@claude-on-aws/streaming/claude";
import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import type { FakeCore } from "../../src/create/fake-core.ts";
import type { WireReply } from "../../src/terms/wire.ts";
import { GOOD, sign, withBody } from "./requests.ts";

/** The six forms in which a message is answered. */
export const MESSAGE_FORMS = [
  "message",
  "message-stream",
  "invoke-model",
  "invoke-model-stream",
  "converse",
  "converse-stream",
] as const;

export type TestedForm = (typeof MESSAGE_FORMS)[number];

const MAX_TOKENS = 50_000;

const PATHS: Readonly<Partial<Record<TestedForm, string>>> = {
  "invoke-model-stream": "/invoke-with-response-stream",
  converse: "/converse",
  "converse-stream": "/converse-stream",
};

function requestFor(form: TestedForm, text: string): readonly [WireRequest, service: string] {
  const isPlatform = form.startsWith("message");
  const { request, service } = GOOD[isPlatform ? "anthropic-aws" : "bedrock"];
  const made = request(80);
  if (form.startsWith("converse")) {
    const body = {
      messages: [{ role: "user", content: [{ text }] }],
      inferenceConfig: { maxTokens: MAX_TOKENS },
    };
    const target = made.target.replace("/invoke", PATHS[form]!);
    return [{ ...made, target, body: new TextEncoder().encode(JSON.stringify(body)) }, service];
  }
  const messages = [{ role: "user", content: text }];
  const body = withBody(made, {
    messages,
    max_tokens: MAX_TOKENS,
    ...(form === "message-stream" ? { stream: true } : {}),
  });
  return [{ ...body, target: made.target.replace("/invoke", PATHS[form] ?? "/invoke") }, service];
}

/** Asks a fake for a message in one of its forms. */
export async function askFor(fake: Pick<FakeCore, "handle">, form: TestedForm, text = "hello"): Promise<WireReply> {
  const [request, service] = requestFor(form, text);
  return fake.handle({ ...(await sign(request, service)), wire: "received" });
}

/** Reads the message that was answered in one of its forms. */
export async function readMessage(reply: WireReply, form: TestedForm): Promise<ClaudeMessage> {
  const chunks: Uint8Array[] = [];
  if (reply.body instanceof Uint8Array) chunks.push(reply.body);
  else for await (const chunk of reply.body) chunks.push(chunk);
  const response = new Response(new Blob(chunks as Uint8Array<ArrayBuffer>[]), {
    status: reply.status,
    headers: reply.headers.map(([name, value]) => [name, value]),
  });
  if (form === "converse") return fromConverse(await response.json());
  return form.endsWith("stream") ? messageFromEvents(decodeClaudeEvents(response)) : response.json();
}

interface ConverseBlock {
  readonly text?: string;
  readonly citationsContent?: { readonly content: readonly { readonly text: string }[]; readonly citations: unknown[] };
  readonly toolUse?: { readonly toolUseId: string; readonly name: string; readonly input: unknown };
  readonly reasoningContent?: {
    readonly redactedContent?: string;
    readonly reasoningText?: { readonly text: string; readonly signature: string };
  };
}

interface ConverseReply {
  readonly output: { readonly message: { readonly content: readonly ConverseBlock[] } };
  readonly stopReason: string;
  readonly usage: Readonly<Record<string, number>>;
  readonly additionalModelResponseFields?: { readonly stop_sequence: string };
}

function fromConverse({ output, stopReason, usage, additionalModelResponseFields }: ConverseReply): ClaudeMessage {
  return {
    id: "",
    type: "message",
    role: "assistant",
    model: "",
    content: output.message.content.map(blockFromConverse) as never,
    stop_reason: stopReason === "content_filtered" ? "refusal" : stopReason,
    stop_sequence: additionalModelResponseFields?.stop_sequence ?? null,
    usage: {
      input_tokens: usage["inputTokens"]!,
      output_tokens: usage["outputTokens"]!,
      cache_creation_input_tokens: usage["cacheWriteInputTokens"]!,
      cache_read_input_tokens: usage["cacheReadInputTokens"]!,
    },
  };
}

function blockFromConverse(block: ConverseBlock): object {
  const { text, citationsContent, toolUse, reasoningContent } = block;
  if (citationsContent !== undefined) {
    return {
      type: "text",
      text: citationsContent.content[0]?.text,
      citations: citationsContent.citations.map(citationFromConverse),
    };
  }
  if (toolUse !== undefined)
    return { type: "tool_use", id: toolUse.toolUseId, name: toolUse.name, input: toolUse.input };
  if (reasoningContent?.redactedContent !== undefined) {
    return { type: "redacted_thinking", data: reasoningContent.redactedContent };
  }
  if (reasoningContent === undefined) return { type: "text", text };
  const { text: thinking, signature } = reasoningContent.reasoningText ?? {};
  return { type: "thinking", thinking, signature };
}
