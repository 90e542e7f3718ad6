import { Buffer } from "node:buffer";
import type { Socket } from "node:net";
import type { SecureContext, Server as TlsServer, TlsOptions as SecureServerOptions, TLSSocket } from "node:tls";
import { Http1Connection } from "../http1/connection.ts";
import { NodeSocket } from "../http1/node-socket.ts";
import type { Service } from "../service.ts";
import { readFirstBytes } from "./read-first-bytes.ts";

/** What every HTTP/2 client that knows beforehand sends first. */
const PREFACE = /* @__PURE__ */ Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

/** What a server shows to its clients. */
export interface Certificate {
  /** Certificate and those above it, as PEM. */
  readonly cert: string;
  /** Its private key, as PEM. */
  readonly key: string;
}

/** The certificate of a server, as `node:tls` takes it. */
export interface TlsOptions extends Certificate {
  /**
   * The certificate for a name that a client asks for, as `tls.createSecureContext` makes one; `undefined` for the one above.
   *
   * @default {the one above for every name}
   */
  readonly contextFor?: ((serverName: string) => SecureContext | undefined) | undefined;
  /**
   * The oldest version of TLS.
   *
   * @default {"TLSv1.2"}
   */
  readonly minVersion?: "TLSv1.2" | "TLSv1.3" | undefined;
}

/** What a connection can be handed to. */
export interface Protocols {
  /** HTTP in plain text: which version, its first bytes decide. Nothing was read from the socket, or all of it was put back. */
  readonly plain: (socket: Socket) => void;
  /** TLS, and HTTP inside. Without a certificate, the socket is destroyed. */
  readonly tls: (socket: Socket) => void;
}

/** Takes a connection over; `tcp` finds what a socket of TLS stands on. */
type Take = (socket: Socket, isSecure: boolean, tcp?: () => Socket) => void;

/** The protocols of a server, and what changes the certificate; undefined where it has none. */
export interface ServedProtocols {
  readonly protocols: Protocols;
  readonly setCertificate: ((certificate: Certificate) => Promise<void>) | undefined;
}

/** Makes the two protocols of a server; what one of them needs is loaded when it is first needed. */
export async function createProtocols(
  service: Service,
  http2: boolean,
  tls: TlsOptions | undefined,
): Promise<ServedProtocols> {
  let loading: Promise<(socket: Socket) => void> | undefined;
  const takeHttp2: Take = (socket) => {
    loading ??= import("../http2/server.ts").then(({ createHttp2Server }) => createHttp2Server(service));
    loading.then(
      (take) => take(socket),
      () => socket.destroy(),
    );
  };
  const takeHttp1: Take = (socket, isSecure, tcp) =>
    void new Http1Connection(new NodeSocket(socket, tcp), service, isSecure);
  const plain = (socket: Socket): void => {
    if (http2) detect(socket, service, (isHttp2) => (isHttp2 ? takeHttp2 : takeHttp1)(socket, false));
    else takeHttp1(socket, false);
  };
  if (tls === undefined) {
    return { protocols: { plain, tls: (socket) => socket.destroy() }, setCertificate: undefined };
  }
  const below = new SocketsBelow();
  const create = (options: TlsOptions): Promise<TlsServer> =>
    createTls(options, service, http2 ? takeHttp2 : undefined, (socket, isSecure) =>
      takeHttp1(socket, isSecure, () => below.find(socket)),
    );
  let tlsServer = await create(tls);
  return {
    protocols: {
      plain,
      tls: (socket) => {
        below.add(socket);
        tlsServer.emit("connection", socket);
      },
    },
    // Another server, which listens no more than this one does: not every runtime lets one change what it shows.
    setCertificate: async ({ cert, key }) => void (tlsServer = await create({ ...tls, cert, key })),
  };
}

/** The connections of TCP below those of TLS, which Node does not let reset themselves, nor say what they stand on. */
class SocketsBelow {
  readonly #sockets = new Map<string, Socket>();

  add(socket: Socket): void {
    const address = addressOf(socket);
    this.#sockets.set(address, socket);
    socket.once("close", () => this.#sockets.delete(address));
  }

  /** @returns The socket itself where nothing is below it any more. */
  find(socket: Socket): Socket {
    return this.#sockets.get(addressOf(socket)) ?? socket;
  }
}

const addressOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;

/**
 * Tells HTTP/1.1 from HTTP/2 with prior knowledge.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9113#section-3.3 | Starting HTTP/2 with prior knowledge}
 */
function detect(socket: Socket, { limits, watch }: Service, decided: (isHttp2: boolean) => void): void {
  const look = (seen: Buffer): boolean | undefined => {
    const compared = Math.min(seen.length, PREFACE.length);
    const matches = seen.subarray(0, compared).equals(PREFACE.subarray(0, compared));
    return matches && compared < PREFACE.length ? undefined : matches;
  };
  readFirstBytes(socket, look, decided, limits.headTimeoutMs, watch.begin);
}

async function createTls(
  { cert, key, contextFor, minVersion = "TLSv1.2" }: TlsOptions,
  { limits }: Service,
  takeHttp2: Take | undefined,
  takeHttp1: Take,
): Promise<TlsServer> {
  const [{ createServer }, { checkCertificate }] = await Promise.all([
    import("node:tls"),
    import("./check-certificate.ts"),
  ]);
  checkCertificate(cert, key);
  const server = createServer({
    cert,
    key,
    minVersion,
    handshakeTimeout: limits.handshakeTimeoutMs,
    ALPNProtocols: takeHttp2 === undefined ? ["http/1.1"] : ["h2", "http/1.1"],
    ...(contextFor === undefined ? {} : { SNICallback: sniCallback(contextFor) }),
  });
  server.on("secureConnection", (socket: TLSSocket) => {
    socket.on("error", () => socket.destroy());
    if (socket.alpnProtocol === "h2" && takeHttp2 !== undefined) takeHttp2(socket, true);
    else takeHttp1(socket, true);
  });
  server.on("tlsClientError", (_, socket) => socket.destroy());
  return server;
}

function sniCallback(
  contextFor: NonNullable<TlsOptions["contextFor"]>,
): NonNullable<SecureServerOptions["SNICallback"]> {
  return (name, done) => {
    try {
      done(null, contextFor(name));
    } catch (error) {
      done(error as Error);
    }
  };
}
