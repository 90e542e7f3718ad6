/**
 * What answers, as cheaply as it can: a message of 10 KB, or 10 KB of a stream, made before; by Converse, where it is asked for that.
 * With `HOLD` in place of a message's text,
 * streams are held open behind their first event until as many are; with `flood`, each is 300 MB, sent as fast as it is taken. Prints its
 * port.
 *
 * Usage: upstream.ts HOLD|flood
 */
import { createServer, type ServerResponse } from "node:http";
import { encodeMessage } from "@claude-on-aws/streaming";

const isFlood = process.argv[2] === "flood";
const hold = isFlood ? 0 : Number(process.argv[2] ?? 0);

const event = (type: string, more: object = {}): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`;

const usage = { input_tokens: 2_500, output_tokens: 1 };
const message = { id: "msg_01", type: "message", role: "assistant", model: "claude-haiku-4-5-20251001" };
const start = event("message_start", { message: { ...message, content: [], usage } });
const block = event("content_block_start", { index: 0, content_block: { type: "text", text: "" } });
const delta = event("content_block_delta", { index: 0, delta: { type: "text_delta", text: "a few words of it " } });
const stop = event("message_delta", { delta: { stop_reason: "end_turn" }, usage: { output_tokens: 90 } });

const SIZE = 10_000;
const stream = Buffer.from(
  start +
    block +
    delta.repeat(Math.ceil(SIZE / delta.length)) +
    event("content_block_stop", { index: 0 }) +
    stop +
    event("message_stop"),
);
const whole = Buffer.from(JSON.stringify({ ...message, content: [{ type: "text", text: "x".repeat(SIZE) }], usage }));

const converseUsage = { inputTokens: usage.input_tokens, outputTokens: 90, totalTokens: usage.input_tokens + 90 };
const frame = (type: string, payload: object): Uint8Array =>
  encodeMessage({
    headers: {
      ":event-type": { type: "string", value: type },
      ":content-type": { type: "string", value: "application/json" },
      ":message-type": { type: "string", value: "event" },
    },
    payload: new TextEncoder().encode(JSON.stringify(payload)),
  });
const converseDelta = frame("contentBlockDelta", { contentBlockIndex: 0, delta: { text: "a few words of it " } });
const converseStream = Buffer.concat([
  frame("messageStart", { role: "assistant" }),
  ...Array.from({ length: Math.ceil(SIZE / delta.length) }, () => converseDelta),
  frame("contentBlockStop", { contentBlockIndex: 0 }),
  frame("messageStop", { stopReason: "end_turn" }),
  frame("metadata", { usage: converseUsage, metrics: { latencyMs: 1 } }),
]);
const converse = Buffer.from(
  JSON.stringify({
    output: { message: { role: "assistant", content: [{ text: "x".repeat(SIZE) }] } },
    stopReason: "end_turn",
    usage: converseUsage,
    metrics: { latencyMs: 1 },
  }),
);

/** What is made before, by the end of the path that asks for it. */
const MADE: readonly (readonly [end: string, contentType: string, bytes: Buffer])[] = [
  ["/converse", "application/json", converse],
  ["/converse-stream", "application/vnd.amazon.eventstream", converseStream],
];

const held: ServerResponse[] = [];

const FLOOD_BYTES = 300_000_000;
const PIECE = Buffer.from(delta.repeat(Math.ceil(65_536 / delta.length)));

function flood(response: ServerResponse, sent: number): void {
  if (sent === start.length) response.write(start);
  for (let bytes = sent; bytes < FLOOD_BYTES;) {
    bytes += PIECE.length;
    if (response.write(PIECE)) continue;
    response.once("drain", () => flood(response, bytes));
    return;
  }
  response.end();
}

function answer(path: string, body: Buffer, response: ServerResponse): void {
  const made = MADE.find(([end]) => path.endsWith(end));
  if (made !== undefined) {
    response.writeHead(200, { "content-type": made[1], "content-length": made[2].length }).end(made[2]);
    return;
  }
  const isStream = body.includes('"stream":true');
  response.setHeader("request-id", "req_011CSHoEeqs5C35K2UUqR7Fy");
  response.setHeader("content-type", isStream ? "text/event-stream; charset=utf-8" : "application/json");
  if (!isStream) {
    response.setHeader("content-length", whole.length);
    response.end(whole);
  } else if (isFlood) flood(response, start.length);
  else if (hold === 0) response.end(stream);
  else {
    response.write(start);
    held.push(response);
    if (held.length === hold) for (const each of held.splice(0)) each.end(stream.subarray(start.length));
  }
}

const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on("data", (part: Buffer) => parts.push(part));
  request.on("end", () => answer(request.url ?? "", Buffer.concat(parts), response));
});
// Whoever measures must not meet the end of a connection that was idle.
server.keepAliveTimeout = 600_000;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(typeof address === "object" ? address?.port : address);
});
// Whoever measures closes this end.
process.stdin.on("end", () => process.exit(0)).resume();
