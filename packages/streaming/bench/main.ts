import { crc32 as zlibCrc32 } from "node:zlib";
import { createParser } from "eventsource-parser";
import {
  BEDROCK_PADDING,
  type ClaudeEvent,
  ClaudeEventDecoder,
  decodeClaudeEvents,
  encodeBedrockChunks,
  encodeClaudeEvent,
} from "../src/claude/index.ts";
import {
  decodeMessage,
  encodeMessage,
  EventStreamDecoder,
  type EventStreamMessage,
} from "../src/event-stream/index.ts";
import { compare, print, type Competitor } from "./compare.ts";
import { cut, EVENTS, FRAMES, SSE_CHUNKS, streamOf } from "./streams.ts";

const RUNTIME = process.versions["bun"]
  ? `Bun ${process.versions["bun"]}`
  : process.versions["deno"]
    ? `Deno ${process.versions["deno"]}`
    : `Node ${process.version}`;
console.log(`\n## ${RUNTIME}`);

const JSONS = EVENTS.map((event) => JSON.stringify(event));

async function countEvents(source: Response): Promise<number> {
  const reader = decodeClaudeEvents(source).getReader();
  let count = 0;
  while (!(await reader.read()).done) count++;
  return count;
}

/** What is measured of a Messages stream, besides the client of Anthropic. */
function sseCompetitors(chunks: readonly Uint8Array[]): readonly Competitor[] {
  return [
    {
      name: "ClaudeEventDecoder",
      kind: "ours",
      run: () => {
        let count = 0;
        const decoder = new ClaudeEventDecoder(() => count++, { framing: "sse" });
        for (const chunk of chunks) decoder.feed(chunk);
        decoder.end();
        return count;
      },
    },
    {
      name: "decodeClaudeEvents (ReadableStream)",
      kind: "ours",
      run: () => countEvents(new Response(streamOf(chunks), { headers: { "content-type": "text/event-stream" } })),
    },
    {
      name: "eventsource-parser + JSON.parse",
      kind: "peer",
      run: () => {
        let count = 0;
        const utf8 = new TextDecoder();
        const parser = createParser({ onEvent: ({ data }) => (JSON.parse(data) ? count++ : 0) });
        for (const chunk of chunks) parser.feed(utf8.decode(chunk, { stream: true }));
        return count;
      },
    },
    {
      name: "UTF-8 of the chunks + JSON.parse",
      kind: "limit",
      run: () => {
        const utf8 = new TextDecoder();
        let length = 0;
        for (const chunk of chunks) length += utf8.decode(chunk).length;
        return JSONS.reduce((count, json) => (JSON.parse(json) ? count + 1 : count), length > 0 ? 0 : -1);
      },
    },
  ];
}

const SSE_CUTS = [
  ["one event a chunk", SSE_CHUNKS],
  ["chunks of 50 bytes", cut(SSE_CHUNKS, 50)],
  ["chunks of 64 KiB", cut(SSE_CHUNKS, 65_536)],
] as const;

// Before the peers are loaded: with the client of Anthropic in the process, eventsource-parser takes a third longer.
for (const [title, chunks] of SSE_CUTS) {
  print(
    `Messages stream of 1,000 tokens to typed events, ${title}`,
    await compare(sseCompetitors(chunks), EVENTS.length),
  );
}

const { aiSdkEvents, anthropicSdkEvents, bedrockSdkEvents, SMITHY_CODEC, smithyEvents } = await import("./peers.ts");

const bytesOf = (base64: string): Uint8Array => Buffer.from(base64, "base64");

const repeat = (times: number, once: () => unknown): number => {
  for (let index = 0; index < times; index++) if (once() === undefined) return -1;
  return times;
};
const TIMES = 1000;

/** A frame of an InvokeModel stream of exactly 255 bytes. */
const MESSAGE: EventStreamMessage = {
  headers: decodeMessage(FRAMES[2]!).headers,
  payload: new Uint8Array(255 - (FRAMES[2]!.length - decodeMessage(FRAMES[2]!).payload.length)).fill(0x61),
};
const FRAME = encodeMessage(MESSAGE);
if (FRAME.length !== 255) throw new Error(`The frame has ${FRAME.length} bytes, expected 255`);
const HEADERS = { ...MESSAGE.headers };
const SMITHY_MESSAGE = { headers: { ...HEADERS }, body: MESSAGE.payload } as Parameters<typeof SMITHY_CODEC.encode>[0];

let latest: unknown;
const ONE_FRAME = new EventStreamDecoder((decoded) => {
  latest = decoded;
});
print(
  `One frame of 255 bytes, ${TIMES} times: decode`,
  await compare(
    [
      {
        name: "EventStreamDecoder.feed",
        kind: "ours",
        run: () => repeat(TIMES, () => (ONE_FRAME.feed(FRAME), latest)),
      },
      { name: "decodeMessage", kind: "ours", run: () => repeat(TIMES, () => decodeMessage(FRAME)) },
      {
        name: "@smithy/eventstream-codec (= @smithy/core) decode",
        kind: "peer",
        run: () => repeat(TIMES, () => SMITHY_CODEC.decode(FRAME)),
      },
      { name: "CRC-32", kind: "limit", run: () => repeat(TIMES, () => zlibCrc32(FRAME)) },
    ],
    TIMES,
  ),
);

const TARGET = new Uint8Array(FRAME.length);
print(
  `One frame of 255 bytes, ${TIMES} times: encode`,
  await compare(
    [
      {
        name: "encodeMessage",
        kind: "ours",
        run: () => repeat(TIMES, () => encodeMessage({ headers: HEADERS, payload: MESSAGE.payload })),
      },
      {
        name: "@smithy/eventstream-codec (= @smithy/core) encode",
        kind: "peer",
        run: () => repeat(TIMES, () => SMITHY_CODEC.encode(SMITHY_MESSAGE)),
      },
      {
        name: "CRC-32 + allocation + copy",
        kind: "limit",
        run: () =>
          repeat(TIMES, () => {
            const bytes = new Uint8Array(TARGET.length);
            bytes.set(FRAME);
            return zlibCrc32(bytes);
          }),
      },
    ],
    TIMES,
  ),
);

/** As the stream that is decoded below is padded. */
const paddingLength = (index: number): number => (index * 7) % 29;
const CHUNK_HEADERS = { ...decodeMessage(FRAMES[0]!).headers } as typeof SMITHY_MESSAGE.headers;
const ENCODER = new TextEncoder();

/** One event as smithy writes it, which knows only the message. */
function smithyChunk(json: string, index: number): Uint8Array {
  const payload = { bytes: Buffer.from(json).toString("base64"), p: BEDROCK_PADDING.slice(0, paddingLength(index)) };
  return SMITHY_CODEC.encode({ headers: CHUNK_HEADERS, body: ENCODER.encode(JSON.stringify(payload)) });
}

const pieceOf = (text: string): string =>
  JSON.stringify({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text } });
const TO_ENCODE: readonly (readonly [title: string, texts: readonly string[]])[] = [
  ["1,000 tokens", JSONS],
  ["a short answer of 8 events", [...JSONS.slice(0, 5), ...JSONS.slice(-3)]],
  ["64 pieces that are not ASCII", Array.from({ length: 64 }, (_, index) => pieceOf(`漢字 é ${index} 😀`))],
];
for (const [title, texts] of TO_ENCODE) {
  const parsed = texts.map((json) => JSON.parse(json) as ClaudeEvent);
  const size = encodeBedrockChunks(texts, { paddingLength }).length;
  print(
    `Events to the chunks of a Bedrock stream, ${title}`,
    await compare(
      [
        { name: "encodeBedrockChunks", kind: "ours", run: () => encodeBedrockChunks(texts, { paddingLength }).length },
        {
          name: "encodeClaudeEvent of each",
          kind: "ours",
          run: () =>
            parsed.reduce(
              (sum, event, index) =>
                sum + encodeClaudeEvent(event, { padding: BEDROCK_PADDING.slice(0, paddingLength(index)) }).length,
              0,
            ),
        },
        {
          name: "@smithy/eventstream-codec (= @smithy/core) encode, Buffer and JSON.stringify",
          kind: "peer",
          run: () => texts.reduce((sum, json, index) => sum + smithyChunk(json, index).length, 0),
        },
        {
          name: "Base64 of all at once + allocation + CRC-32",
          kind: "limit",
          run: () => {
            Buffer.from(texts.join("")).toString("base64");
            zlibCrc32(new Uint8Array(size));
            return size;
          },
        },
      ],
      size,
    ),
  );
}

const ai = aiSdkEvents;
const BASE64S = FRAMES.map(
  (bytes) => (JSON.parse(new TextDecoder().decode(decodeMessage(bytes).payload)) as { bytes: string }).bytes,
);

/** The fastest way to text that the runtime itself has; Base64 in ASCII is all this stream holds. */
const LIMITS: readonly Competitor[] = [
  {
    name: "CRC-32 + atob + JSON.parse",
    kind: "limit",
    run: () =>
      FRAMES.reduce(
        (count, bytes, index) => (zlibCrc32(bytes), JSON.parse(atob(BASE64S[index]!)) ? count + 1 : count),
        0,
      ),
  },
  {
    name: "CRC-32 + Buffer.from + JSON.parse",
    kind: "limit",
    run: () =>
      FRAMES.reduce(
        (count, bytes, index) => (
          zlibCrc32(bytes),
          JSON.parse(bytesOf(BASE64S[index]!).toString()) ? count + 1 : count
        ),
        0,
      ),
  },
];

async function* iterate(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

const EVENT_STREAM = { headers: { "content-type": "application/vnd.amazon.eventstream" } };
for (const [title, chunks] of [
  ["one frame a chunk", FRAMES],
  ["chunks of 100 bytes", cut(FRAMES, 100)],
  ["chunks of 64 KiB", cut(FRAMES, 65_536)],
] as const) {
  print(
    `Bedrock stream of 1,000 tokens to typed events, ${title}`,
    await compare(
      [
        {
          name: "ClaudeEventDecoder",
          kind: "ours",
          run: () => {
            let count = 0;
            const decoder = new ClaudeEventDecoder(() => count++, { framing: "event-stream" });
            for (const chunk of chunks) decoder.feed(chunk);
            decoder.end();
            return count;
          },
        },
        {
          name: "decodeClaudeEvents (ReadableStream)",
          kind: "ours",
          run: () => countEvents(new Response(streamOf(chunks), EVENT_STREAM)),
        },
        { name: "@smithy/core marshaller + 2 JSON.parse", kind: "peer", run: () => smithyEvents(iterate(chunks)) },
        {
          name: "@smithy/core marshaller + 2 JSON.parse (ReadableStream)",
          kind: "peer",
          run: () => smithyEvents(streamOf(chunks) as unknown as AsyncIterable<Uint8Array>),
        },
        { name: "@anthropic-ai/bedrock-sdk", kind: "peer", run: () => bedrockSdkEvents(streamOf(chunks)) },
        ...(ai === undefined
          ? []
          : [
              {
                name: "@ai-sdk/amazon-bedrock decoder + 2 JSON.parse",
                kind: "peer" as const,
                run: () => ai(streamOf(chunks)),
              },
            ]),
        ...LIMITS,
      ],
      EVENTS.length,
    ),
  );
}

for (const [title, chunks] of SSE_CUTS) {
  const peer = { name: "@anthropic-ai/sdk", kind: "peer", run: () => anthropicSdkEvents(streamOf(chunks)) } as const;
  print(
    `Messages stream of 1,000 tokens to typed events beside @anthropic-ai/sdk, ${title}`,
    await compare([...sseCompetitors(chunks), peer], EVENTS.length),
  );
}
