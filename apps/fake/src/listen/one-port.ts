import type { Server as Http1Server } from "node:http";
import type { Http2Server } from "node:http2";
import { createServer, type Server, type Socket } from "node:net";

/** What every HTTP/2 client that knows beforehand sends first. */
const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

/** How long a peer may take until it has sent enough to tell its protocol. */
const FIRST_BYTES_TIMEOUT_MS = 60_000;

/**
 * One port that speaks HTTP/1.1 and HTTP/2 with prior knowledge: the first
 * bytes decide which server is handed the connection.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9113#section-3.3 | Starting HTTP/2 with prior knowledge}
 */
export function createOnePort(http1: Http1Server, http2: Http2Server): Server {
  const server = createServer((socket) => {
    // A peer that hangs up in the middle is no event here; the servers see it on their own.
    socket.on("error", () => socket.destroy());
    socket.setNoDelay(true);
    sniff(socket, (protocol) => (protocol === "2" ? http2 : http1).emit("connection", socket));
  });
  // Deno 2.9 closes a connection behind its first answer unless the HTTP server says that it listens.
  Object.defineProperty(http1, "listening", { get: () => server.listening });
  // Node 24 starts to enforce its header and request timeouts at this event.
  server.once("listening", () => http1.emit("listening"));
  return server;
}

function sniff(socket: Socket, decided: (protocol: "1" | "2") => void): void {
  let seen: Buffer = Buffer.alloc(0);
  const expire = (): void => void socket.destroy();
  const look = (): void => {
    const chunk = socket.read() as Buffer | null;
    if (chunk === null) return;
    seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk]);
    const compared = Math.min(seen.length, PREFACE.length);
    const matches = seen.subarray(0, compared).equals(PREFACE.subarray(0, compared));
    if (matches && compared < PREFACE.length) return;
    socket.off("readable", look);
    socket.off("timeout", expire);
    socket.setTimeout(0);
    // Whoever takes over reads the first bytes again.
    socket.unshift(seen);
    decided(matches ? "2" : "1");
  };
  socket.on("readable", look);
  socket.on("timeout", expire);
  socket.setTimeout(FIRST_BYTES_TIMEOUT_MS);
}
