import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const [, , tokens = "100", tokensPerSecond = "50"] = process.argv;
const MS_PER_SECOND = 1000;
const EVENT = `event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"word"}}\n\n`;

/** The limit on Node: a timer for each event, by the same schedule, and one write of known text. */
const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    const start = performance.now();
    let sent = 0;
    const send = (): void => {
      response.write(EVENT);
      if (++sent >= Number(tokens)) return void response.end();
      setTimeout(send, Math.max(0, start + (sent * MS_PER_SECOND) / Number(tokensPerSecond) - performance.now()));
    };
    send();
  });
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
