import { createServer, type ServerHttp2Session } from "node:http2";
import type { Socket } from "node:net";
import type { Service } from "../service.ts";
import { Http2Connection } from "./connection.ts";

/**
 * Takes connections over that speak HTTP/2.
 *
 * @returns What to hand a socket to, from which nothing was read.
 */
export function createHttp2Server(service: Service): (socket: Socket) => void {
  const { maxHeaderBytes, maxConcurrentStreams } = service.limits;
  const server = createServer({ settings: { maxHeaderListSize: maxHeaderBytes, maxConcurrentStreams } });
  server.on("session", (session: ServerHttp2Session) => void new Http2Connection(session, service));
  server.on("sessionError", () => {});
  return (socket) => void server.emit("connection", socket);
}
