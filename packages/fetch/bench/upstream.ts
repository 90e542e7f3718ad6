/**
 * What answers: a server that costs as little as one can, with answers made before. Prints its port.
 *
 * Usage: upstream.ts HOLD, where streams are held open after their first half until HOLD of them are open; 0 holds none.
 */
import { createServer, type ServerResponse } from "node:http";
import {
  encodeBedrockChunks,
  ConverseEncoder,
  formatClaudeEvent,
  type ClaudeEvent,
} from "@claude-on-aws/streaming/claude";

const TOKENS = 1_000;
const hold = Number(process.argv[2] ?? 0);

const message = {
  id: "msg_bdrk_01",
  type: "message",
  role: "assistant",
  model: "claude-sonnet-4-5-20250929",
  content: [],
  stop_reason: null,
  stop_sequence: null,
  usage: { input_tokens: 10, output_tokens: 1 },
} as const;

const events: readonly ClaudeEvent[] = [
  { type: "message_start", message },
  { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
  ...Array.from({ length: TOKENS }, (_, index) => ({
    type: "content_block_delta" as const,
    index: 0,
    delta: { type: "text_delta" as const, text: ` token ${index}` },
  })),
  { type: "content_block_stop", index: 0 },
  { type: "message_delta", delta: { stop_reason: "end_turn", stop_sequence: null }, usage: { output_tokens: TOKENS } },
  { type: "message_stop" },
] as never;

const whole = { ...message, content: [{ type: "text", text: "Hello" }], stop_reason: "end_turn" };
const converse = {
  output: { message: { role: "assistant", content: [{ text: "Hello" }] } },
  stopReason: "end_turn",
  usage: { inputTokens: 10, outputTokens: 1, totalTokens: 11 },
  metrics: { latencyMs: 1 },
};
const encoder = new ConverseEncoder();
const json = (value: object): Uint8Array => Buffer.from(JSON.stringify(value));

/** The answers by the end of the path: content type and body. */
const ANSWERS: readonly (readonly [end: string, type: string, body: Uint8Array])[] = [
  [
    "/invoke-with-response-stream",
    "application/vnd.amazon.eventstream",
    encodeBedrockChunks(
      events.map((event) => JSON.stringify(event)),
      { paddingLength: () => 20 },
    ),
  ],
  [
    "/converse-stream",
    "application/vnd.amazon.eventstream",
    Buffer.concat(events.flatMap((event) => encoder.encode(event))),
  ],
  ["/invoke", "application/json", json(whole)],
  ["/converse", "application/json", json(converse)],
  ["/v1/messages?stream=", "text/event-stream", Buffer.from(events.map((event) => formatClaudeEvent(event)).join(""))],
  ["/v1/messages", "application/json", json(whole)],
];

/** Streams of which the second half is held back. */
let held: (() => void)[] = [];

function answer(response: ServerResponse, type: string, body: Uint8Array): void {
  response.writeHead(200, { "content-type": type, "x-amzn-requestid": "3f0c9e0a-0000-4000-8000-000000000000" });
  if (hold === 0 || type === "application/json") {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, body.length / 2));
  held.push(() => response.end(body.subarray(body.length / 2)));
  if (held.length < hold) return;
  for (const release of held) release();
  held = [];
}

const server = createServer((request, response) => {
  request.on("end", () => {
    const found = ANSWERS.find(([end]) => request.url?.endsWith(end));
    if (found === undefined) response.writeHead(404).end();
    else answer(response, found[1], found[2]);
  });
  request.resume();
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(typeof address === "object" ? address?.port : address);
});
