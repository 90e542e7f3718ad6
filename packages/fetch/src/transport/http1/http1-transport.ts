import { type Place, placeOf } from "../place.ts";
import type { Transport, TransportAnswer } from "../transport.ts";
import { BunSocket, type BunConnect } from "./bun-socket.ts";
import { Connection, type ConnectionOwner } from "./connection.ts";
import { Exchange } from "./exchange.ts";
import { NodeSocket } from "./node-socket.ts";
import { writeHead } from "./write-head.ts";

/** The modules that open sockets. */
export interface SocketModules {
  readonly net: typeof import("node:net");
  /** Null where its sockets do not trust what the rest of the runtime does. */
  readonly tls: typeof import("node:tls") | null;
  readonly buffer: typeof import("node:buffer");
  /** What opens those in plain text on Bun. */
  readonly bunConnect: BunConnect | undefined;
}

/** So many connections to one place are kept that have nothing to do. */
const MAX_IDLE = 256;

/**
 * Sends over sockets of `node:net` and `node:tls`, on Bun in plain text over those of `Bun.connect`, in HTTP/1.1 that is written and read here: of what `node:http` costs, a half on Node
 * and Deno, and of what `fetch` costs, a half on Bun. Of an answer that nobody reads, no more is received than a few parts.
 *
 * @param modules The runtime's modules.
 * @param others Sends requests whose bodies are streams, and those in TLS where there is no module for it.
 * @returns The transport.
 */
export function createHttp1Transport(modules: SocketModules, others: Transport): Transport {
  const open = createOpener(modules);
  const idle = new Map<string, Connection[]>();

  const take = (origin: string): Connection | undefined => {
    const connections = idle.get(origin);
    // The latest one first: the others are let go by the service when they are not needed.
    for (let one = connections?.pop(); one !== undefined; one = connections?.pop()) {
      if (one.isUsable) return one;
      one.destroy();
    }
    return undefined;
  };

  const ownerOf = (origin: string): ConnectionOwner => {
    const connections = idle.get(origin) ?? [];
    idle.set(origin, connections);
    return {
      onIdle(connection) {
        if (connections.length < MAX_IDLE) connections.push(connection);
        else connection.destroy();
      },
      onGone(connection) {
        const at = connections.indexOf(connection);
        if (at >= 0) connections.splice(at, 1);
      },
    };
  };

  return {
    send(request) {
      const place = placeOf(request.url);
      const isLeft = request.body instanceof ReadableStream || (place.isSecure && modules.tls === null);
      if (isLeft) return others.send(request);
      return new Promise<TransportAnswer>((resolve, reject) => {
        const { stop } = request;
        if (stop.isStopped) throw stop.reason;
        const head = writeHead(place, request);
        const kept = take(place.origin);
        const begin = (connection = take(place.origin) ?? open(place, ownerOf(place.origin))): void =>
          connection.send(new Exchange(request, resolve, reject), head);
        if (kept?.isStale !== true) {
          begin(kept);
          return;
        }
        afterLooking(() => {
          if (!kept.isUsable) kept.destroy();
          if (!stop.isStopped) {
            begin(kept.isUsable ? kept : undefined);
            return;
          }
          if (kept.isUsable) ownerOf(place.origin).onIdle(kept);
          reject(stop.reason);
        });
      });
    },
  };
}

/**
 * Calls it when the runtime has looked what came on its sockets. A process that was held up, as a function of AWS Lambda is between its
 * calls, goes on with what it was about to do, and sees only then that a connection was closed meanwhile. Node and Bun look between two
 * turns; Deno looks on a thread of its own, which takes a moment to tell.
 */
const afterLooking = (then: () => void): void =>
  void setTimeout(() => setImmediate(() => setImmediate(then)), LOOKING_MS);

const LOOKING_MS = 2;

/** Makes what opens connections; those in TLS go on with the session of an earlier one. */
function createOpener(modules: SocketModules): (place: Place, owner: ConnectionOwner) => Connection {
  const { net, tls, bunConnect } = modules;
  const { allocUnsafe } = modules.buffer.Buffer;
  const sessions = new Map<string, Buffer>();
  return (place, owner) => {
    const { origin, isSecure, hostname, port } = place;
    if (isSecure && tls !== null) {
      const socket = tls.connect({
        host: hostname,
        port,
        // An address is no name to be asked for.
        ...(net.isIP(hostname) === 0 && { servername: hostname }),
        ALPNProtocols: ["http/1.1"],
        session: sessions.get(origin),
      });
      socket.on("session", (session) => sessions.set(origin, session));
      socket.once("error", () => sessions.delete(origin));
      return new Connection((listener) => new NodeSocket(socket, "secureConnect", allocUnsafe, listener), owner);
    }
    if (bunConnect !== undefined) {
      return new Connection((listener) => new BunSocket(bunConnect, place, allocUnsafe, listener), owner);
    }
    const socket = net.connect({ host: hostname, port });
    return new Connection((listener) => new NodeSocket(socket, "connect", allocUnsafe, listener), owner);
  };
}
