import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { WireReply } from "../terms/wire.ts";
import { hasNoBody } from "./has-no-body.ts";
import { isStreamed } from "./is-streamed.ts";
import { KEEP_ALIVE_SECONDS, MAX_HEADER_BYTES } from "./listener.ts";
import { readBody } from "./read-body.ts";
import type { Responder } from "./responder.ts";
import type { UnderWay } from "./under-way.ts";
import { writeHeadOr500 } from "./unwritable.ts";
import { writeBody } from "./write-body.ts";

/** The HTTP/1.1 side. */
export function createHttp1Server(respond: Responder, underWay: UnderWay): Server {
  const server = createServer(
    { maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: KEEP_ALIVE_SECONDS * 1000 },
    (request, response) => void answer(request, response, respond, underWay),
  );
  server.on("clientError", (_, socket) => {
    if (socket.writable) socket.end("HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
    else socket.destroy();
  });
  return server;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  respond: Responder,
  underWay: UnderWay,
): Promise<void> {
  underWay.begin();
  let writing: Promise<void> | undefined;
  try {
    const body = await readBody(request, respond.maxBodyBytes(request.method ?? "GET", request.url ?? "/"));
    const head = {
      method: request.method ?? "GET",
      target: request.url ?? "/",
      headers: pairs(request.rawHeaders),
      httpVersion: request.httpVersion,
      ...("encrypted" in request.socket ? { secure: true as const } : undefined),
    };
    const reply = await respond(head, body, "received");
    if (response.destroyed) return;
    const sent = writeHeadOr500(reply, (made) => response.writeHead(made.status, flatHeaders(made)));
    writing = writeBody(response, sent.body);
  } catch {
    // The client hung up: there is nobody to tell.
    request.destroy();
  } finally {
    // Not awaited: while its answer is written, all that this function holds of a request would stay, its body too.
    underWay.endAfter(writing, request);
  }
}

/** Names and values in turn: the form that Node writes without looking at each twice. */
function flatHeaders(reply: WireReply): string[] {
  const { status, headers, body } = reply;
  const flat: string[] = [];
  for (const [name, value] of headers) flat.push(name, value);
  if (!hasNoBody(status) && !isStreamed(reply)) flat.push("content-length", String((body as Uint8Array).length));
  return flat;
}

/** Names and values in turn, as Node gives them, as pairs. */
export function pairs(raw: readonly string[]): [name: string, value: string][] {
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) headers.push([raw[index] ?? "", raw[index + 1] ?? ""]);
  return headers;
}
