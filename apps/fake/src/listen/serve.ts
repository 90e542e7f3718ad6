import type { AddressInfo, Server, Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { FakeCore } from "../fake-core.ts";
import { createHttp1Server } from "./http1.ts";
import { createHttp2Server } from "./http2.ts";
import { createOnePort } from "./one-port.ts";
import { createResponder } from "./responder.ts";

/** Options for {@link serve}. */
export interface ServeOptions {
  /**
   * Port to listen on; 0 picks a free one.
   *
   * @default {4242}
   */
  readonly port?: number | undefined;
  /**
   * Address to listen on.
   *
   * @default {"127.0.0.1"}
   */
  readonly host?: string | undefined;
  /**
   * `auto` speaks HTTP/1.1 and HTTP/2 with prior knowledge, `1` speaks HTTP/1.1 alone.
   *
   * @default {"auto"}
   */
  readonly http?: "auto" | "1" | undefined;
}

/** A fake that listens. */
export interface FakeServer {
  /** Its base URL without a trailing slash: `http://127.0.0.1:4242`. */
  readonly url: string;
  readonly port: number;
  /** Stops listening, lets answers under way finish for two seconds, then hangs up. */
  readonly close: () => Promise<void>;
}

const GRACE_MS = 2_000;
const POLL_MS = 10;

/**
 * Puts a fake on a port.
 *
 * @throws The error of the operating system, such as `EADDRINUSE`.
 */
export async function serve(fake: FakeCore, options: ServeOptions = {}): Promise<FakeServer> {
  const { port = 4242, host = "127.0.0.1", http = "auto" } = options;
  const respond = createResponder(fake, () => host);
  const http1 = createHttp1Server(respond);
  const server: Server = http === "1" ? http1 : createOnePort(http1, createHttp2Server(respond));
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await listen(server, port, host);
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`,
    port: address.port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const end = performance.now() + GRACE_MS;
      while (respond.pending() > 0 && performance.now() < end) await delay(POLL_MS);
      // What was answered last may still be on its way out.
      await delay(POLL_MS);
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
