import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import type { Acceptor } from "./acceptor.ts";

/**
 * Accepts connections with `node:net`.
 *
 * @param accept Is handed each of them.
 * @param maxConnections How many there may be at once; others are hung up on.
 * @throws The error of the operating system, such as `EADDRINUSE`.
 */
export async function acceptOnNode(
  accept: (socket: Socket) => void,
  maxConnections: number,
  port: number,
  host: string,
): Promise<Acceptor> {
  const sockets = new Set<Socket>();
  // One function for all: thousands of connections may be open.
  function forget(this: Socket): void {
    sockets.delete(this);
  }
  const server = createServer((socket) => {
    // A peer that hangs up in the middle is no event here; whoever is handed the socket sees it on their own.
    socket.on("error", () => socket.destroy());
    if (sockets.size >= maxConnections) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.on("close", forget);
    socket.setNoDelay(true);
    accept(socket);
  });
  await startListening(server, port, host);
  let closed: Promise<void> | undefined;
  const stop = (): Promise<void> => (closed ??= new Promise((resolve) => server.close(() => resolve())));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => void stop(),
    close: () => {
      for (const socket of sockets) socket.destroy();
      return stop();
    },
  };
}

function startListening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
