import { createServer, type Http2Server, type ServerHttp2Stream } from "node:http2";
import { destroyLater } from "./destroy-later.ts";
import { pairs } from "./http1.ts";
import { hasNoBody } from "./has-no-body.ts";
import { MAX_HEADER_BYTES } from "./listener.ts";
import { readBody } from "./read-body.ts";
import type { Responder } from "./responder.ts";
import type { UnderWay } from "./under-way.ts";
import { writeHeadOr500 } from "./unwritable.ts";
import { writeBody } from "./write-body.ts";

/** The HTTP/2 side, for clients that use it without asking: AWS's SDK for JavaScript does on plain text too. */
export function createHttp2Server(respond: Responder, underWay: UnderWay): Http2Server {
  const server = createServer({ settings: { maxHeaderListSize: MAX_HEADER_BYTES, maxConcurrentStreams: 256 } });
  server.on("stream", (stream: ServerHttp2Stream, _headers: unknown, _flags: number, raw: string[]) => {
    // A stream that the client resets must not end the process.
    stream.on("error", () => stream.destroy());
    void answer(stream, pairs(raw), respond, underWay);
  });
  server.on("sessionError", () => {});
  if ("Deno" in globalThis) server.on("session", destroyLater);
  return server;
}

async function answer(
  stream: ServerHttp2Stream,
  headers: [string, string][],
  respond: Responder,
  underWay: UnderWay,
): Promise<void> {
  const pseudo = (name: string): string => headers.find(([key]) => key === name)?.[1] ?? "";
  underWay.begin();
  let writing: Promise<void> | undefined;
  try {
    const body = await readBody(stream, respond.maxBodyBytes(pseudo(":method"), pseudo(":path")));
    const head = {
      method: pseudo(":method"),
      target: pseudo(":path"),
      headers,
      httpVersion: "2.0",
      ...(stream.session?.encrypted === true ? { secure: true as const } : undefined),
    };
    const reply = await respond(head, body, "received");
    if (stream.destroyed) return;
    const sent = writeHeadOr500(reply, (made) =>
      stream.respond({ ":status": made.status, ...Object.fromEntries(made.headers) }),
    );
    // Written to, a stream that ended with its head would be reset.
    if (pseudo(":method") === "HEAD" || hasNoBody(sent.status)) stream.end();
    else writing = writeBody(stream, sent.body);
  } catch {
    // The client reset the stream: there is nobody to tell.
    stream.destroy();
  } finally {
    // Not awaited: while its answer is written, all that this function holds of a request would stay, its body too.
    underWay.endAfter(writing, stream);
  }
}
