import type { AnswerReader } from "./answer-reader.ts";
import { EventStreamReader } from "./event-stream-reader.ts";
import { JsonReader } from "./json-reader.ts";
import { SseReader } from "./sse-reader.ts";

/** How answers are read, by how their media type begins. */
const READERS: readonly (readonly [type: string, make: () => AnswerReader])[] = [
  ["text/event-stream", () => new SseReader()],
  ["application/vnd.amazon.eventstream", () => new EventStreamReader()],
  ["application/json", () => new JsonReader()],
];

/**
 * Makes what reads an answer as it goes by: messages in JSON, their server-sent events, and the event streams of Amazon Bedrock, of
 * InvokeModel and of Converse. It is what `createReader` of a `createFetch` takes.
 *
 * @example Counting tokens
 * ```ts
 * import { resolveConfig } from "@claude-on-aws/env";
 * import { createFetch } from "@claude-on-aws/fetch";
 * import { createAnswerReader } from "@claude-on-aws/fetch/usage";
 * import { equal } from "node:assert/strict";
 *
 * const config = resolveConfig({ env: { CLAUDE_CODE_USE_MANTLE: "1", AWS_BEARER_TOKEN_BEDROCK: "ABSKexample" } });
 * // In the place of AWS, here: a transport that has an answer already.
 * const answer = new Response('{"type":"message","usage":{"input_tokens":7,"output_tokens":9}}');
 * const headers = [["content-type", "application/json"]] as const;
 * const transport = { send: async () => ({ status: 200, headers, body: sourceOf(answer) }) };
 *
 * let tokens = 0;
 * const fetch = createFetch(config, {
 *   transport,
 *   createReader: createAnswerReader,
 *   onEnd: ({ read }) => (tokens += read?.usage?.outputTokens ?? 0),
 * });
 * const body = '{"model":"haiku","max_tokens":16,"messages":[{"role":"user","content":"Hello"}]}';
 * await (await fetch("https://api.anthropic.com/v1/messages", { method: "POST", body })).text();
 *
 * equal(tokens, 9);
 *
 * function sourceOf({ body }: Response) {
 *   const reader = (body as ReadableStream<Uint8Array>).getReader();
 *   return { read: async () => (await reader.read()).value ?? null, cancel: () => void reader.cancel() };
 * }
 * ```
 *
 * @param contentType Its media type.
 * @returns The reader; null for what holds neither tokens nor errors.
 */
export function createAnswerReader(contentType: string): AnswerReader | null {
  const type = contentType.toLowerCase();
  return READERS.find(([beginning]) => type.startsWith(beginning))?.[1]() ?? null;
}
