import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import process from "node:process";

// A server in a process of its own, so that its work is nobody's: 1,000 tokens, each in a chunk, or a short message.
const TOKENS = 1000;
const token = (at: number): string =>
  `event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":" token ${at}"}}\n\n`;
const EVENTS = [
  'event: message_start\ndata: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","content":[],"model":"claude","stop_reason":null,"usage":{"input_tokens":1,"output_tokens":1}}}\n\n',
  'event: content_block_start\ndata: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}\n\n',
  ...Array.from({ length: TOKENS }, (_, at) => token(at)),
  'event: content_block_stop\ndata: {"type":"content_block_stop","index":0}\n\n',
  'event: message_delta\ndata: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":1000}}\n\n',
  'event: message_stop\ndata: {"type":"message_stop"}\n\n',
].map((text) => Buffer.from(text));
const MESSAGE = JSON.stringify({
  id: "msg_1",
  type: "message",
  role: "assistant",
  content: [{ type: "text", text: "Hello" }],
});

const server = createServer((request, response) => {
  let isStreamed = false;
  request.on("data", (part: Buffer) => (isStreamed ||= part.includes('"stream":true')));
  request.on("end", () => {
    if (!isStreamed) {
      response.writeHead(200, { "content-type": "application/json" }).end(MESSAGE);
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const event of EVENTS) response.write(event);
    response.end();
  });
});
server.listen(0, "127.0.0.1", () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
process.stdin.on("end", () => process.exit());
process.stdin.resume();
