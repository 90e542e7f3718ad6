import type { Socket } from "node:net";
import { clearTimeout, setTimeout } from "node:timers";
import type { Acceptor } from "./accept/acceptor.ts";
import { hangUp } from "./accept/hang-up.ts";
import type { Certificate, Protocols, TlsOptions } from "./accept/protocols.ts";
import { readFirstBytes } from "./accept/read-first-bytes.ts";
import { HeldBytes } from "./body/held-bytes.ts";
import { createDateHeader } from "./date-header.ts";
import type { Handler } from "./handler.ts";
import { type Limits, resolveLimits } from "./limits.ts";
import { ListenError } from "./listen-error.ts";
import { defaultOnError, type OnError, type OnRefused, type Service, UnderWay } from "./service.ts";
import { Watch } from "./watch.ts";

/** Options for {@link listen}; each limit of {@link Limits} is one too. */
export interface ListenOptions extends Partial<{ readonly [Name in keyof Limits]: number | undefined }> {
  /**
   * Port to listen on; 0 picks a free one.
   *
   * @default {0}
   */
  readonly port?: number | undefined;
  /**
   * Address to listen on.
   *
   * @default {"127.0.0.1"}
   */
  readonly host?: string | undefined;
  /**
   * Whether HTTP/2 is spoken too: in plain text by clients that know beforehand, in TLS by those that agree to it.
   *
   * @default {true}
   */
  readonly http2?: boolean | undefined;
  /** Speaks TLS, and only that unless {@link ListenOptions.onConnection} decides otherwise. */
  readonly tls?: TlsOptions | undefined;
  /**
   * Takes over each connection: reads its first bytes with `readFirstBytes`, puts them back, and hands it to a protocol, or
   * answers it with `hangUp`. A proxy is made so.
   */
  readonly onConnection?: ((socket: Socket, protocols: Protocols) => void) | undefined;
  /**
   * Answers where the handler failed, or gave what is no reply.
   *
   * @default {408, 400 or 503 with what was wrong, otherwise 500; in plain text}
   */
  readonly onError?: OnError | undefined;
  /**
   * Is told of each request of HTTP/1.1 that is answered without the handler, because its head cannot be read, or is in plain text where TLS
   * is spoken. What `node:http2` refuses of HTTP/2, handshakes that fail, and connections beyond `maxConnections` are none of it.
   *
   * @default {nobody}
   */
  readonly onRefused?: OnRefused | undefined;
  /**
   * The clock of the `Date` header, in milliseconds since 1970. A reply with a `date` of its own keeps it.
   *
   * @default {Date.now}
   */
  readonly nowMs?: (() => number) | undefined;
}

/** A server that listens. */
export interface Listener {
  /** Its base URL without a trailing slash: `http://127.0.0.1:4242`. */
  readonly url: string;
  readonly port: number;
  /**
   * Speaks TLS with another certificate from the next connection on; those that are open keep theirs. What else `tls` said stays.
   *
   * @param certificate The certificate.
   * @throws {ListenError} `CERTIFICATE_INVALID` where it cannot be used, or the server was started without TLS; nothing changes then.
   */
  readonly setCertificate: (certificate: Certificate) => Promise<void>;
  /** Stops listening, lets exchanges under way finish for `closeGraceMs`, then hangs up. */
  readonly close: () => Promise<void>;
}

/** First byte of a TLS connection: a record that holds a part of a handshake. */
const TLS_HANDSHAKE = 0x16;

/**
 * Puts a handler on a port.
 *
 * @example Usage
 * ```ts
 * import { listen } from "@claude-on-aws/listen";
 * import { equal } from "node:assert/strict";
 *
 * const server = await listen(({ target }) => ({
 *   status: 200,
 *   headers: [["content-type", "text/plain"]],
 *   body: new TextEncoder().encode(`You asked for ${target}`),
 * }));
 * const answer = await fetch(`${server.url}/hello`);
 *
 * equal(await answer.text(), "You asked for /hello");
 * await server.close();
 * ```
 *
 * @param handler Answers the requests.
 * @param options Where to listen, what to speak, and the limits.
 * @returns The server, as soon as it listens.
 * @throws The error of the operating system, such as `EADDRINUSE`.
 * @throws {ListenError} `CERTIFICATE_INVALID` where certificate and key cannot be used.
 * @throws {RangeError} where a limit is no positive number.
 */
export async function listen(handler: Handler, options: ListenOptions = {}): Promise<Listener> {
  const { port = 0, host = "127.0.0.1", http2 = true, tls } = options;
  const service = createService(handler, options);
  const { acceptor, setCertificate } = await startAccepting(service, { ...options, port, host, http2 });
  return {
    url: `${tls === undefined ? "http" : "https"}://${host.includes(":") ? `[${host}]` : host}:${acceptor.port}`,
    port: acceptor.port,
    setCertificate,
    close: () => closeServer(acceptor, service),
  };
}

function createService(handler: Handler, options: ListenOptions): Service {
  const { onError = defaultOnError, onRefused = () => {}, nowMs = Date.now } = options;
  const limits = resolveLimits(options);
  const { headTimeoutMs, bodyTimeoutMs, stallTimeoutMs, keepAliveTimeoutMs, drainTimeoutMs } = limits;
  return {
    handler,
    onError,
    onRefused: (refused) => {
      try {
        onRefused(refused);
      } catch {
        // Whoever listens must not take the connection down.
      }
    },
    date: createDateHeader(nowMs),
    limits,
    held: new HeldBytes(limits.maxBufferedBytes),
    watch: new Watch([headTimeoutMs, bodyTimeoutMs, stallTimeoutMs, keepAliveTimeoutMs, drainTimeoutMs]),
    underWay: new UnderWay(),
    connections: new Set(),
  };
}

/** What accepts connections, and what they are shown. */
interface Accepting extends Pick<Listener, "setCertificate"> {
  readonly acceptor: Acceptor;
}

/** Only what is asked for is loaded: the rest would cost time at every start. */
async function startAccepting(
  service: Service,
  { port, host, http2, tls, onConnection }: ListenOptions & { port: number; host: string; http2: boolean },
): Promise<Accepting> {
  if ("Bun" in globalThis && !http2 && tls === undefined && onConnection === undefined) {
    const { acceptOnBun } = await import("./accept/bun-acceptor.ts");
    return { acceptor: acceptOnBun(service, port, host), setCertificate: () => Promise.reject(withoutTls()) };
  }
  const [{ acceptOnNode }, { createProtocols }] = await Promise.all([
    import("./accept/node-acceptor.ts"),
    import("./accept/protocols.ts"),
  ]);
  const { protocols, setCertificate } = await createProtocols(service, http2, tls);
  const { maxConnections } = service.limits;
  const acceptTls = (socket: Socket): void => expectTls(socket, protocols, service);
  const accept = onConnection ?? (tls === undefined ? protocols.plain : acceptTls);
  return {
    acceptor: await acceptOnNode((socket) => accept(socket, protocols), maxConnections, port, host),
    setCertificate: setCertificate ?? (() => Promise.reject(withoutTls())),
  };
}

const withoutTls = (): ListenError =>
  new ListenError(
    "CERTIFICATE_INVALID",
    "Cannot speak TLS: the server was started without a certificate; start it anew",
  );

const PLAIN_TEXT = "this port speaks HTTPS. Use https:// in its URL";

function expectTls(socket: Socket, { tls }: Protocols, { limits, onRefused }: Service): void {
  readFirstBytes(
    socket,
    (seen) => seen[0] === TLS_HANDSHAKE,
    (isTls) => {
      if (isTls) return tls(socket);
      onRefused({ status: 400, problem: PLAIN_TEXT, peerAddress: socket.remoteAddress });
      hangUp(socket, "400 Bad Request", `Cannot answer in plain text: ${PLAIN_TEXT}\n`);
    },
    limits.handshakeTimeoutMs,
  );
}

async function closeServer(acceptor: Acceptor, { underWay, connections, limits }: Service): Promise<void> {
  acceptor.stop();
  underWay.isClosing = true;
  for (const connection of connections) connection.shutDown();
  await settledWithin(underWay, limits.closeGraceMs);
  for (const connection of connections) connection.close();
  await acceptor.close();
}

async function settledWithin(underWay: UnderWay, graceMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const grace = new Promise<void>((resolve) => (timer = setTimeout(resolve, graceMs)));
  await Promise.race([underWay.settled(), grace]);
  clearTimeout(timer);
}
