import { hash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { cannedFor, isStreamAsked } from "./canned.ts";

/** The physical limit on Node: the body is read and hashed, known bytes are answered in one write. */
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const body = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
    hash("sha256", body);
    const { type, whole } = cannedFor(request.url ?? "", isStreamAsked(body));
    response.writeHead(200, ["content-type", type, "content-length", String(whole.length)]);
    response.end(whole);
  });
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
