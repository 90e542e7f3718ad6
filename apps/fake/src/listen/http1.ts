import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { WireReply } from "../exchange.ts";
import type { Responder } from "./responder.ts";
import { writeBody } from "./write-body.ts";

/** Session tokens of AWS are long: twice the default of Node would not do for some. */
const MAX_HEADER_BYTES = 65_536;

/** Longer than any client keeps a connection unused: the fake is never the one that hangs up between two requests. */
const KEEP_ALIVE_MS = 120_000;

/** The HTTP/1.1 side. */
export function createHttp1Server(respond: Responder): Server {
  const server = createServer(
    { maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: KEEP_ALIVE_MS },
    (request, response) => void answer(request, response, respond),
  );
  server.on("clientError", (_, socket) => {
    if (socket.writable) socket.end("HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
    else socket.destroy();
  });
  return server;
}

async function answer(request: IncomingMessage, response: ServerResponse, respond: Responder): Promise<void> {
  try {
    const reply = await respond(
      {
        method: request.method ?? "GET",
        target: request.url ?? "/",
        headers: pairs(request.rawHeaders),
        httpVersion: request.httpVersion,
      },
      request,
    );
    if (response.destroyed) return;
    response.writeHead(reply.status, Object.fromEntries(headersOf(reply)));
    await writeBody(response, reply.body);
  } catch {
    // The client hung up: there is nobody to tell.
    request.destroy();
  }
}

function headersOf({ headers, body }: WireReply): WireReply["headers"] {
  return body instanceof Uint8Array ? [...headers, ["content-length", String(body.length)]] : headers;
}

/** Names and values in turn, as Node gives them, as pairs. */
export function pairs(raw: readonly string[]): [name: string, value: string][] {
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) headers.push([raw[index] ?? "", raw[index + 1] ?? ""]);
  return headers;
}
