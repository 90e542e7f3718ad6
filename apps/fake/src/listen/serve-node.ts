import type { AddressInfo, Server, Socket } from "node:net";
import { createHttp1Server } from "./http1.ts";
import { GRACE_MS, type Listen, type Listener } from "./listener.ts";
import { createResponder } from "./responder.ts";
import { UnderWay } from "./under-way.ts";

/**
 * HTTP/1.1 through `node:http`.
 *
 * @see {@link https://nodejs.org/api/http.html | node:http}
 */
export const serveNode: Listen = (fake, port, host) => {
  const underWay = new UnderWay();
  return listenOn(createHttp1Server(createResponder(fake, host), underWay), underWay, port, host);
};

/** Listens with a server of `node:net`, or one that is built on it. */
export async function listenOn(server: Server, underWay: UnderWay, port: number, host: string): Promise<Listener> {
  const sockets = new Set<Socket>();
  // One function for all: thousands of connections may be open.
  function forget(this: Socket): void {
    sockets.delete(this);
  }
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", forget);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await underWay.settled(GRACE_MS);
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
