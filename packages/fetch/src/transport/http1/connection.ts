import type { Socket } from "node:net";
import { AnswerReader } from "./answer-reader.ts";
import type { Exchange, ExchangeHost } from "./exchange.ts";

/** What a connection is told to, and what makes its bytes. */
export interface ConnectionOwner {
  /** Puts a head and a body together, for one write. */
  readonly join: (head: string, body: Uint8Array) => Uint8Array;
  /** The connection has nothing to do, and may be given another request. */
  readonly onIdle: (connection: Connection) => void;
  /** The connection is closed, or about to be. */
  readonly onGone: (connection: Connection) => void;
}

/** A body of up to so many bytes is copied to go out in one write with its head. */
const MAX_JOINED_BYTES = 65_536;

/** A service may close a connection while a request is on its way to it: so much earlier it is given none, in milliseconds. */
const MARGIN_MS = 1_000;

/** After so long without a request, a service may have closed a connection while the process was held up, and nobody looked, in milliseconds. */
const STALE_MS = 1_000;

/** A connection of HTTP/1.1 to a service, which has one exchange at a time. */
export class Connection implements ExchangeHost {
  readonly #socket: Socket;
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
   * @param socket It may still have to connect.
   * @param connected The event that tells that it stands.
   * @param owner Told what becomes of it.
   */
  constructor(socket: Socket, connected: "connect" | "secureConnect", owner: ConnectionOwner) {
    this.#socket = socket;
    this.#owner = owner;
    socket
      .once(connected, () => {
        this.#isConnected = true;
        this.#write();
      })
      .on("data", (bytes) => this.#received(bytes))
      .on("end", () => this.#ended())
      .on("error", (error) => {
        this.#error ??= error;
        this.destroy();
      })
      .on("close", () => this.destroy());
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
    this.#exchange = exchange;
    this.#reader = new AnswerReader(exchange, exchange.request.method);
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
    exchange?.fail(this.#error ?? closed());
  }

  #write(): void {
    const exchange = this.#exchange;
    if (exchange === undefined) return;
    const { body, onConnect } = exchange.request;
    onConnect();
    const head = this.#head;
    this.#head = "";
    if (!(body instanceof Uint8Array) || body.length === 0) this.#socket.write(head, "latin1");
    else if (body.length <= MAX_JOINED_BYTES) this.#socket.write(this.#owner.join(head, body));
    else {
      // Not in one: Deno puts what is corked together, byte for byte.
      this.#socket.write(head, "latin1");
      this.#socket.write(body);
    }
  }

  #received(bytes: Buffer): void {
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
  }

  #ended(): void {
    if (this.#reader?.endsWithConnection === true) this.#finish(false);
    else this.destroy();
  }

  /** The answer is whole. */
  #finish(mayBeKept: boolean): void {
    const exchange = this.#exchange;
    const keptSeconds = this.#reader?.head?.keptSeconds;
    this.#exchange = undefined;
    this.#reader = undefined;
    exchange?.finish();
    // A service that answers before it has all of a request would take the rest for the next one.
    if (!mayBeKept || this.#socket.writableLength > 0) {
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
const closed = (): Error => Object.assign(new Error("the connection was closed"), { code: "ECONNRESET" });
