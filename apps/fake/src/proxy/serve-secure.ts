import type { Server as Http1Server } from "node:http";
import type { Http2Server } from "node:http2";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type Server as TlsServer, type TLSSocket } from "node:tls";
import { createHttp1Server } from "../listen/http1.ts";
import { createHttp2Server } from "../listen/http2.ts";
import type { Listen } from "../listen/listener.ts";
import { createOnePort } from "../listen/one-port.ts";
import { createResponder } from "../listen/responder.ts";
import { listenOn } from "../listen/serve-node.ts";
import { UnderWay } from "../listen/under-way.ts";
import type { Authority } from "../tls/authority.ts";
import { LeafContexts } from "../tls/leaf-contexts.ts";
import { createDestinations, type Destination, type Destinations, refusalText } from "./destinations.ts";
import { readFirstBytes } from "./first-bytes.ts";
import { hangUp } from "./hang-up.ts";
import { isImpersonated } from "../terms/is-impersonated.ts";
import { formatAuthority } from "./parse-authority.ts";
import { createProxyResponder } from "./proxy-responder.ts";
import { MAX_CONNECT_BYTES, readConnect } from "./read-connect.ts";

/** Options for {@link createServeSecure}. */
export interface ServeSecureOptions {
  /** Makes the certificates. */
  readonly authority: Authority;
  /** Whether it is a proxy: takes CONNECT, absolute form and plain text beside TLS. */
  readonly proxy: boolean;
  /** `1` for HTTP/1.1 alone. */
  readonly http: "auto" | "1";
}

/** First byte of a TLS connection: a record that holds a part of a handshake. */
const TLS_HANDSHAKE = 0x16;
const CONNECT = "CONNECT ";
const ESTABLISHED = "HTTP/1.1 200 Connection Established\r\n\r\n";
const HANDSHAKE_TIMEOUT_MS = 30_000;

/**
 * One port that speaks TLS and, as a proxy, whatever a client says to one. All of it ends in this process: the socket of a
 * tunnel is handed to the TLS server as if it had just been accepted, which Bun 1.4, Deno 2.9 and Node 24 all take.
 */
export function createServeSecure({ authority, proxy, http }: ServeSecureOptions): Listen {
  return (fake, port, host) => {
    const underWay = new UnderWay();
    const server = createServer();
    const ownPort = (): number => (server.address() as AddressInfo | null)?.port ?? port;
    const destinations = createDestinations(host, ownPort, fake.journal.refusedHosts);
    const plain = createResponder(fake, host);
    const respond = proxy ? createProxyResponder(plain, destinations) : plain;
    const contexts = new LeafContexts(authority, { ownNames: ownNames(host), isImpersonated });
    const servers = createServers(respond, underWay, contexts, http);
    followListening(server, servers);
    server.on("connection", (socket: Socket) => {
      socket.on("error", () => socket.destroy());
      socket.setNoDelay(true);
      if (proxy) acceptAsProxy(socket, servers, destinations);
      else acceptTls(socket, servers);
    });
    return listenOn(server, underWay, port, host);
  };
}

/** Names under which the server itself is reached. */
const ownNames = (host: string): string[] => [...new Set(["localhost", "127.0.0.1", "::1", host])];

/** What a connection is handed to. */
interface Servers {
  readonly tls: TlsServer;
  readonly plain: Server;
}

function createServers(
  respond: Parameters<typeof createHttp1Server>[0],
  underWay: UnderWay,
  contexts: LeafContexts,
  http: "auto" | "1",
): Servers {
  const http1 = createHttp1Server(respond, underWay);
  const http2 = http === "auto" ? createHttp2Server(respond, underWay) : undefined;
  return {
    tls: createTls(contexts, http1, http2),
    // Also where HTTP/2 is not spoken: it keeps the one life cycle of the HTTP/1.1 server.
    plain: http2 === undefined ? http1 : createOnePort(http1, http2),
  };
}

function createTls(contexts: LeafContexts, http1: Http1Server, http2: Http2Server | undefined): TlsServer {
  const server = createTlsServer({
    minVersion: "TLSv1.2",
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    ALPNProtocols: http2 === undefined ? ["http/1.1"] : ["h2", "http/1.1"],
    SNICallback: (name, done) => done(null, contexts.find(name)),
    ...contexts.own,
  });
  server.on("secureConnection", (socket: TLSSocket) => {
    socket.on("error", () => socket.destroy());
    const target = socket.alpnProtocol === "h2" && http2 !== undefined ? http2 : http1;
    target.emit("connection", socket);
  });
  server.on("tlsClientError", (_, socket) => socket.destroy());
  return server;
}

/** The inner servers never listen themselves; see `createOnePort` for who wants to know. */
function followListening(server: Server, { plain }: Servers): void {
  Object.defineProperty(plain, "listening", { get: () => server.listening });
  server.once("listening", () => plain.emit("listening"));
}

function acceptTls(socket: Socket, { tls }: Servers): void {
  readFirstBytes(
    socket,
    (seen) => seen[0] === TLS_HANDSHAKE,
    (isTls) => {
      if (isTls) tls.emit("connection", socket);
      else
        hangUp(
          socket,
          "400 Bad Request",
          "Cannot answer in plain text: this port speaks HTTPS. Use https:// in its URL\n",
        );
    },
  );
}

type FirstWord = "tls" | "connect" | "plain";

function acceptAsProxy(socket: Socket, servers: Servers, destinations: Destinations): void {
  readFirstBytes(socket, firstWord, (word) => {
    if (word === "tls") servers.tls.emit("connection", socket);
    else if (word === "plain") servers.plain.emit("connection", socket);
    else acceptConnect(socket, servers, destinations);
  });
}

function firstWord(seen: Buffer): FirstWord | undefined {
  if (seen[0] === TLS_HANDSHAKE) return "tls";
  const word = seen.toString("latin1", 0, CONNECT.length);
  if (word === CONNECT) return "connect";
  return CONNECT.startsWith(word) ? undefined : "plain";
}

function acceptConnect(socket: Socket, servers: Servers, destinations: Destinations): void {
  readFirstBytes(socket, readConnect, ({ target, length }) => {
    // It was put back whole, and nothing read in between.
    socket.read(length);
    if (target === undefined) {
      hangUp(
        socket,
        "400 Bad Request",
        `Cannot read this CONNECT: expected host:port and at most ${MAX_CONNECT_BYTES} bytes\n`,
      );
      return;
    }
    const destination = destinations.resolve(target);
    if (destination === "refused") {
      hangUp(socket, "403 Forbidden", refusalText(formatAuthority(target)));
      return;
    }
    socket.write(ESTABLISHED);
    acceptInTunnel(socket, servers, destination);
  });
}

function acceptInTunnel(socket: Socket, { tls, plain }: Servers, destination: Destination): void {
  readFirstBytes(
    socket,
    (seen) => seen[0] === TLS_HANDSHAKE,
    (isTls) => {
      if (isTls && destination !== "http") tls.emit("connection", socket);
      else if (!isTls && destination !== "https") plain.emit("connection", socket);
      // A client that speaks something else to that port would get no answer from AWS either.
      else socket.destroy();
    },
  );
}
