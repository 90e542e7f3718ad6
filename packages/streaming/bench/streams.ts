import { BEDROCK_PADDING, encodeClaudeEvent, formatClaudeEvent, type ClaudeEvent } from "../src/claude/index.ts";

const TOKENS = 1000;

const WORDS = "the of a request stream that Claude answers on AWS in small frames with one token each ".split(" ");

/** The events of an answer of a thousand tokens. */
export const EVENTS: readonly ClaudeEvent[] = [
  {
    type: "message_start",
    message: {
      id: "msg_bdrk_01XFDUDYJgAACzvnptvVoYEL",
      type: "message",
      role: "assistant",
      model: "claude-opus-5",
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 25, output_tokens: 1 },
    },
  },
  { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
  ...Array.from({ length: TOKENS }, (_, index): ClaudeEvent => ({
    type: "content_block_delta",
    index: 0,
    delta: { type: "text_delta", text: ` ${WORDS[index % WORDS.length]}` },
  })),
  { type: "content_block_stop", index: 0 },
  { type: "message_delta", delta: { stop_reason: "end_turn", stop_sequence: null }, usage: { output_tokens: TOKENS } },
  { type: "message_stop" },
];

/** One frame an event, padded as Bedrock does; an average one has some 255 bytes. */
export const FRAMES: readonly Uint8Array[] = EVENTS.map((event, index) =>
  encodeClaudeEvent(event, { padding: BEDROCK_PADDING.slice(0, (index * 7) % 29) }),
);

/** One server-sent event a chunk. */
export const SSE_CHUNKS: readonly Uint8Array[] = EVENTS.map((event) =>
  new TextEncoder().encode(formatClaudeEvent(event)),
);

/** The same bytes in chunks of another size. */
export function cut(chunks: readonly Uint8Array[], size: number): readonly Uint8Array[] {
  const bytes = new Uint8Array(chunks.flatMap((chunk) => [...chunk]));
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.slice(index * size, (index + 1) * size),
  );
}

/** Chunks as the body of an answer. */
export function streamOf(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  let index = 0;
  return new ReadableStream(
    {
      pull(controller) {
        if (index < chunks.length) controller.enqueue(chunks[index++]!);
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}
