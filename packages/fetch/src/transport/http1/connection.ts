import type { Buffer } from "node:buffer";
import { AnswerReader } from "./answer-reader.ts";
import type { ByteSocket, OpenSocket, SocketListener } from "./byte-socket.ts";
import type { Exchange, ExchangeHost } from "./exchange.ts";

/** What a connection tells. */
export interface ConnectionOwner {
  /** The connection has nothing to do, and may be given another request. */
  readonly onIdle: (connection: Connection) => void;
  /** The connection is closed, or about to be. */
  readonly onGone: (connection: Connection) => void;
}

/** A service may close a connection while a request is on its way to it: so much earlier it is given none, in milliseconds. */
const MARGIN_MS = 1_000;

/** After so long without a request, a service may have closed a connection while the process was held up, and nobody looked, in milliseconds. */
const STALE_MS = 1_000;

/** A connection of HTTP/1.1 to a service, which has one exchange at a time. */
export class Connection implements ExchangeHost, SocketListener {
  readonly #socket: ByteSocket;
  readonly #owner: ConnectionOwner;
  #isConnected = false;
  #isGone = false;
  #error: Error | undefined;
  #exchange: Exchange | undefined;
  #reader: AnswerReader | undefined;
  /** What is sent as soon as it stands. */
  #head = "";
  #usableUntil = Infinity;
  #idleSince = Infinity;

  /**
   * @param open Opens its socket.
   * @param owner Told what becomes of it.
   */
  constructor(open: OpenSocket, owner: ConnectionOwner) {
    this.#owner = owner;
    this.#socket = open(this);
  }

  /** Whether the service can be expected to take another request. */
  get isUsable(): boolean {
    return !this.#isGone && performance.now() < this.#usableUntil;
  }

  /** Whether it was idle for so long that its end may have come unseen. */
  get isStale(): boolean {
    return performance.now() - this.#idleSince > STALE_MS;
  }

  /**
   * Sends a request. Only what is connecting, or idle, may be given one.
   *
   * @param exchange The request, told what comes back.
   * @param head Its head, one character a byte.
   */
  send(exchange: Exchange, head: string): void {
    if (this.#isGone) {
      exchange.fail(this.#error ?? connectionClosed());
      return;
    }
    this.#exchange = exchange;
    this.#reader = new AnswerReader(exchange, exchange.request?.method ?? "");
    this.#head = head;
    exchange.start(this);
    if (!this.#isConnected) return;
    this.#socket.ref();
    this.#write();
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  destroy(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#owner.onGone(this);
    this.#socket.destroy();
    const exchange = this.#exchange;
    this.#exchange = undefined;
    exchange?.fail(this.#error ?? connectionClosed());
  }

  readonly connected = (): void => {
    this.#isConnected = true;
    this.#write();
  };

  readonly received = (bytes: Buffer): void => {
    const reader = this.#reader;
    if (this.#exchange === undefined || reader === undefined) {
      // What nobody asked for would be read as the answer to the next request.
      this.destroy();
      return;
    }
    const problem = reader.feed(bytes);
    if (reader.isDone) this.#finish(problem === undefined && reader.head?.keepAlive === true);
    else if (problem !== undefined) {
      this.#error = new Error(`the answer is no HTTP/1.1 that can be read: ${problem}`);
      this.destroy();
    }
  };

  readonly ended = (): void => {
    if (this.#reader?.endsWithConnection === true) this.#finish(false);
    else this.destroy();
  };

  readonly closed = (error: Error | undefined): void => {
    this.#error ??= error;
    this.destroy();
  };

  #write(): void {
    const request = this.#exchange?.request;
    if (request === undefined) return;
    const { body } = request;
    request.onConnect();
    const head = this.#head;
    this.#head = "";
    this.#socket.write(head, body instanceof Uint8Array && body.length > 0 ? body : null);
  }

  /** The answer is whole. */
  #finish(mayBeKept: boolean): void {
    const exchange = this.#exchange;
    const keptSeconds = this.#reader?.head?.keptSeconds;
    this.#exchange = undefined;
    this.#reader = undefined;
    exchange?.finish();
    // A service that answers before it has all of a request would take the rest for the next one.
    if (!mayBeKept || this.#socket.isSending) {
      this.destroy();
      return;
    }
    this.#idleSince = performance.now();
    this.#usableUntil = keptSeconds === undefined ? Infinity : this.#idleSince + keptSeconds * 1_000 - MARGIN_MS;
    this.#socket.resume();
    this.#socket.unref();
    this.#owner.onIdle(this);
  }
}

/** As `node:http` calls it. */
const connectionClosed = (): Error => Object.assign(new Error("the connection was closed"), { code: "ECONNRESET" });
