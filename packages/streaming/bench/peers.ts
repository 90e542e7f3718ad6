import { readFileSync } from "node:fs";
import { Stream, eventStreamToSSEResponse } from "@anthropic-ai/bedrock-sdk/core/streaming";
import { UniversalEventStreamMarshaller } from "@smithy/core/event-streams";
import { EventStreamCodec } from "@smithy/eventstream-codec";

const DECODER = new TextDecoder();
const ENCODER = new TextEncoder();
const toUtf8 = (bytes: Uint8Array | string): string => (typeof bytes === "string" ? bytes : DECODER.decode(bytes));
const fromUtf8 = (text: string): Uint8Array => ENCODER.encode(text);

/** The codec of smithy: `@smithy/eventstream-codec` hands on what `@smithy/core/event-streams` holds. */
export const SMITHY_CODEC: EventStreamCodec = new EventStreamCodec(toUtf8, fromUtf8);

interface Wrapper {
  readonly bytes: string;
}

const parseWrapped = (text: string): unknown =>
  JSON.parse(Buffer.from((JSON.parse(text) as Wrapper).bytes, "base64").toString());

/** Smithy's marshaller, as the AWS SDK uses it, then both JSON texts. */
export async function smithyEvents(chunks: AsyncIterable<Uint8Array>): Promise<number> {
  const marshaller = new UniversalEventStreamMarshaller({ utf8Encoder: toUtf8, utf8Decoder: fromUtf8 });
  let count = 0;
  const messages = marshaller.deserialize(chunks, async (event: Record<string, { body: Uint8Array }>) =>
    parseWrapped(toUtf8(event["chunk"]!.body)),
  );
  for await (const event of messages as AsyncIterable<unknown>) if (event) count++;
  return count;
}

/** What the Bedrock client of Anthropic does with an answer. */
export async function bedrockSdkEvents(body: ReadableStream<Uint8Array>): Promise<number> {
  const response = eventStreamToSSEResponse(
    new Response(body, { headers: { "content-type": "application/vnd.amazon.eventstream" } }),
  );
  return countStream(Stream.fromSSEResponse<unknown>(response, new AbortController()));
}

/** What the client of Anthropic does with the answer of the Messages API. */
export function anthropicSdkEvents(body: ReadableStream<Uint8Array>): Promise<number> {
  const response = new Response(body, { headers: { "content-type": "text/event-stream" } });
  return countStream(Stream.fromSSEResponse<unknown>(response, new AbortController()));
}

async function countStream(stream: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const event of stream) if (event) count++;
  return count;
}

interface AiSdkMessage {
  readonly data: string;
}
type AiSdkDecoder = (
  body: ReadableStream<Uint8Array>,
  processEvent: (event: AiSdkMessage, controller: TransformStreamDefaultController<unknown>) => Promise<void>,
) => ReadableStream<unknown>;

/** The decoder inside `@ai-sdk/amazon-bedrock`, which exports none: cut out of its published file. */
const aiSdkDecoder: AiSdkDecoder | undefined = (() => {
  const source = readFileSync(new URL(import.meta.resolve("@ai-sdk/amazon-bedrock")), "utf8");
  const name = "createAmazonBedrockEventStreamDecoder";
  const start = source.indexOf(`function ${name}(`);
  const end = source.indexOf("\n}\n", start);
  if (start < 0 || end < 0) return undefined;
  const make = new Function(
    "EventStreamCodec",
    "toUtf8",
    "fromUtf8",
    `${source.slice(start, end + 2)}; return ${name};`,
  );
  return make(EventStreamCodec, toUtf8, fromUtf8) as AiSdkDecoder;
})();

/** The decoder of the AI SDK, then both JSON texts; `undefined` where it could not be found. */
export const aiSdkEvents: ((body: ReadableStream<Uint8Array>) => Promise<number>) | undefined =
  aiSdkDecoder &&
  (async (body) => {
    const events = aiSdkDecoder(body, async ({ data }, controller) => controller.enqueue(parseWrapped(data)));
    return countStream(events as unknown as AsyncIterable<unknown>);
  });
