import type { Buffer } from "node:buffer";
import { Http1Connection } from "../http1/connection.ts";
import type { Service } from "../service.ts";
import type { Acceptor } from "./acceptor.ts";
import { BunSocket, type RawBunSocket } from "./bun-socket.ts";

declare const Bun: {
  listen(options: {
    readonly port: number;
    readonly hostname: string;
    readonly socket: {
      readonly open: (socket: RawBunSocket) => void;
      readonly data: (socket: RawBunSocket, chunk: Buffer) => void;
      readonly end: (socket: RawBunSocket) => void;
      readonly drain: (socket: RawBunSocket) => void;
      readonly close: (socket: RawBunSocket) => void;
      readonly error: (socket: RawBunSocket) => void;
    };
  }): { readonly port: number; stop(closeActiveConnections?: boolean): void };
};

/**
 * Accepts connections of HTTP/1.1 in plain text on Bun.
 *
 * @throws The error of the operating system, such as `EADDRINUSE`.
 */
export function acceptOnBun(service: Service, port: number, host: string): Acceptor {
  const server = Bun.listen({
    port,
    hostname: host,
    socket: {
      open: (raw) => {
        const socket = new BunSocket(raw);
        raw.data = socket;
        raw.setNoDelay(true);
        if (service.connections.size >= service.limits.maxConnections) raw.end();
        else void new Http1Connection(socket, service, false);
      },
      data: ({ data }, chunk) => data.received(chunk),
      end: ({ data }) => data.receivedEnd(),
      drain: ({ data }) => data.drained(),
      close: ({ data }) => data.closed(),
      // The close that follows says it too.
      error: () => {},
    },
  });
  return {
    port: server.port,
    stop: () => server.stop(false),
    close: () => {
      server.stop(true);
      return Promise.resolve();
    },
  };
}
