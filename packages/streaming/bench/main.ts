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
import { cut, events, frames, sseChunks, streamOf } from "./streams.ts";

const runtime = process.versions["bun"]
  ? `Bun ${process.versions["bun"]}`
  : process.versions["deno"]
    ? `Deno ${process.versions["deno"]}`
    : `Node ${process.version}`;
console.log(`\n## ${runtime}`);

const jsons = events.map((event) => JSON.stringify(event));

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
        return jsons.reduce((count, json) => (JSON.parse(json) ? count + 1 : count), length > 0 ? 0 : -1);
      },
    },
  ];
}

const sseCuts = [
  ["one event a chunk", sseChunks],
  ["chunks of 50 bytes", cut(sseChunks, 50)],
  ["chunks of 64 KiB", cut(sseChunks, 65_536)],
] as const;

// Before the peers are loaded: with the client of Anthropic in the process, eventsource-parser takes a third longer.
for (const [title, chunks] of sseCuts) {
  print(
    `Messages stream of 1,000 tokens to typed events, ${title}`,
    await compare(sseCompetitors(chunks), events.length),
  );
}

const { aiSdkEvents, anthropicSdkEvents, bedrockSdkEvents, smithyCodec, smithyEvents } = await import("./peers.ts");

const bytesOf = (base64: string): Uint8Array => Buffer.from(base64, "base64");

const repeat = (times: number, once: () => unknown): number => {
  for (let index = 0; index < times; index++) if (once() === undefined) return -1;
  return times;
};
const TIMES = 1000;

/** A frame of an InvokeModel stream of exactly 255 bytes. */
const message: EventStreamMessage = {
  headers: decodeMessage(frames[2]!).headers,
  payload: new Uint8Array(255 - (frames[2]!.length - decodeMessage(frames[2]!).payload.length)).fill(0x61),
};
const frame = encodeMessage(message);
if (frame.length !== 255) throw new Error(`The frame has ${frame.length} bytes, expected 255`);
const headers = { ...message.headers };
const smithyMessage = { headers: { ...headers }, body: message.payload } as Parameters<typeof smithyCodec.encode>[0];

let latest: unknown;
const oneFrame = new EventStreamDecoder((decoded) => {
  latest = decoded;
});
print(
  `One frame of 255 bytes, ${TIMES} times: decode`,
  await compare(
    [
      { name: "EventStreamDecoder.feed", kind: "ours", run: () => repeat(TIMES, () => (oneFrame.feed(frame), latest)) },
      { name: "decodeMessage", kind: "ours", run: () => repeat(TIMES, () => decodeMessage(frame)) },
      {
        name: "@smithy/eventstream-codec (= @smithy/core) decode",
        kind: "peer",
        run: () => repeat(TIMES, () => smithyCodec.decode(frame)),
      },
      { name: "CRC-32", kind: "limit", run: () => repeat(TIMES, () => zlibCrc32(frame)) },
    ],
    TIMES,
  ),
);

const target = new Uint8Array(frame.length);
print(
  `One frame of 255 bytes, ${TIMES} times: encode`,
  await compare(
    [
      {
        name: "encodeMessage",
        kind: "ours",
        run: () => repeat(TIMES, () => encodeMessage({ headers, payload: message.payload })),
      },
      {
        name: "@smithy/eventstream-codec (= @smithy/core) encode",
        kind: "peer",
        run: () => repeat(TIMES, () => smithyCodec.encode(smithyMessage)),
      },
      {
        name: "CRC-32 + allocation + copy",
        kind: "limit",
        run: () =>
          repeat(TIMES, () => {
            const bytes = new Uint8Array(target.length);
            bytes.set(frame);
            return zlibCrc32(bytes);
          }),
      },
    ],
    TIMES,
  ),
);

/** As the stream that is decoded below is padded. */
const paddingLength = (index: number): number => (index * 7) % 29;
const chunkHeaders = { ...decodeMessage(frames[0]!).headers } as typeof smithyMessage.headers;
const utf8 = new TextEncoder();

/** One event as smithy writes it, which knows only the message. */
function smithyChunk(json: string, index: number): Uint8Array {
  const payload = { bytes: Buffer.from(json).toString("base64"), p: BEDROCK_PADDING.slice(0, paddingLength(index)) };
  return smithyCodec.encode({ headers: chunkHeaders, body: utf8.encode(JSON.stringify(payload)) });
}

const pieceOf = (text: string): string =>
  JSON.stringify({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text } });
const toEncode: readonly (readonly [title: string, texts: readonly string[]])[] = [
  ["1,000 tokens", jsons],
  ["a short answer of 8 events", [...jsons.slice(0, 5), ...jsons.slice(-3)]],
  ["64 pieces that are not ASCII", Array.from({ length: 64 }, (_, index) => pieceOf(`漢字 é ${index} 😀`))],
];
for (const [title, texts] of toEncode) {
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
const base64s = frames.map(
  (bytes) => (JSON.parse(new TextDecoder().decode(decodeMessage(bytes).payload)) as { bytes: string }).bytes,
);

/** The fastest way to text that the runtime itself has; Base64 in ASCII is all this stream holds. */
const limits: readonly Competitor[] = [
  {
    name: "CRC-32 + atob + JSON.parse",
    kind: "limit",
    run: () =>
      frames.reduce(
        (count, bytes, index) => (zlibCrc32(bytes), JSON.parse(atob(base64s[index]!)) ? count + 1 : count),
        0,
      ),
  },
  {
    name: "CRC-32 + Buffer.from + JSON.parse",
    kind: "limit",
    run: () =>
      frames.reduce(
        (count, bytes, index) => (
          zlibCrc32(bytes),
          JSON.parse(bytesOf(base64s[index]!).toString()) ? count + 1 : count
        ),
        0,
      ),
  },
];

async function* iterate(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

const eventStream = { headers: { "content-type": "application/vnd.amazon.eventstream" } };
for (const [title, chunks] of [
  ["one frame a chunk", frames],
  ["chunks of 100 bytes", cut(frames, 100)],
  ["chunks of 64 KiB", cut(frames, 65_536)],
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
          run: () => countEvents(new Response(streamOf(chunks), eventStream)),
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
        ...limits,
      ],
      events.length,
    ),
  );
}

for (const [title, chunks] of sseCuts) {
  const peer = { name: "@anthropic-ai/sdk", kind: "peer", run: () => anthropicSdkEvents(streamOf(chunks)) } as const;
  print(
    `Messages stream of 1,000 tokens to typed events beside @anthropic-ai/sdk, ${title}`,
    await compare([...sseCompetitors(chunks), peer], events.length),
  );
}
