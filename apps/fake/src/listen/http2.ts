import { createServer, type Http2Server, type ServerHttp2Stream } from "node:http2";
import { pairs } from "./http1.ts";
import type { Responder } from "./responder.ts";
import { writeBody } from "./write-body.ts";

/** The HTTP/2 side, for clients that use it without asking: AWS's SDK for JavaScript does on plain text too. */
export function createHttp2Server(respond: Responder): Http2Server {
  const server = createServer({ settings: { maxHeaderListSize: 65_536, maxConcurrentStreams: 256 } });
  server.on("stream", (stream: ServerHttp2Stream, _headers: unknown, _flags: number, raw: string[]) => {
    // A stream that the client resets must not end the process.
    stream.on("error", () => stream.destroy());
    void answer(stream, pairs(raw), respond);
  });
  server.on("sessionError", () => {});
  return server;
}

async function answer(stream: ServerHttp2Stream, headers: [string, string][], respond: Responder): Promise<void> {
  const pseudo = (name: string): string => headers.find(([key]) => key === name)?.[1] ?? "";
  try {
    const request = { method: pseudo(":method"), target: pseudo(":path"), headers, httpVersion: "2.0" };
    const reply = await respond(request, stream);
    if (stream.destroyed) return;
    stream.respond({ ":status": reply.status, ...Object.fromEntries(reply.headers) });
    await writeBody(stream, reply.body);
  } catch {
    // The client reset the stream: there is nobody to tell.
    stream.destroy();
  }
}
