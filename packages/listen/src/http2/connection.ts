import type { ServerHttp2Session, ServerHttp2Stream } from "node:http2";
import { serverClosed } from "../exchange.ts";
import type { Connection, Service } from "../service.ts";
import type { Watched } from "../watch.ts";
import { destroyLater } from "./destroy-later.ts";
import { Http2Exchange } from "./exchange.ts";

/** The flag of a HEADERS frame after which the client sends no more. */
const END_STREAM = 0x1;
const REFUSED_STREAM = 0x7;

/** One connection that speaks HTTP/2: many requests at once, each on a stream of its own. */
export class Http2Connection implements Connection, Watched {
  deadline: number;
  readonly #session: ServerHttp2Session;
  readonly #service: Service;
  readonly #exchanges = new Set<Http2Exchange>();
  /** Set where the client said goodbye because of an error: it gets no more answers. */
  #isGone = false;
  #isClosing = false;

  constructor(session: ServerHttp2Session, service: Service) {
    this.#session = session;
    this.#service = service;
    this.deadline = service.watch.after(service.limits.headTimeoutMs);
    service.watch.add(this);
    service.connections.add(this);
    if ("Deno" in globalThis) destroyLater(session);
    session.on("stream", (stream: ServerHttp2Stream, _headers: unknown, flags: number, raw: readonly string[]) =>
      this.#receive(stream, flags, raw),
    );
    session.on("goaway", (code: number) => {
      this.#isGone ||= code !== 0;
    });
    session.on("close", () => this.#closed());
    // What is wrong with a session ends it, and only it.
    session.on("error", () => {});
  }

  expire(): void {
    // There is no exchange: those have deadlines of their own.
    this.#session.destroy();
  }

  shutDown(): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    // Counted until it is closed: a server that closes waits for that.
    this.#service.underWay.begin();
    this.#session.close();
  }

  close(): void {
    for (const exchange of this.#exchanges) exchange.reset("server-cut", serverClosed());
    this.#session.destroy();
  }

  #receive(stream: ServerHttp2Stream, flags: number, raw: readonly string[]): void {
    // A stream that the client resets must not end the process.
    stream.on("error", () => stream.destroy());
    if (this.#isGone) {
      stream.close(REFUSED_STREAM);
      return;
    }
    if (raw[raw.indexOf(":method") + 1] === "CONNECT") {
      stream.respond({ ":status": 405 }, { endStream: true });
      return;
    }
    const isSecure = this.#session.encrypted === true;
    const exchange = new Http2Exchange(stream, this.#service, raw, isSecure, (flags & END_STREAM) !== 0);
    this.#exchanges.add(exchange);
    this.deadline = Infinity;
    stream.once("close", () => {
      this.#exchanges.delete(exchange);
      exchange.closed();
      if (this.#exchanges.size > 0) return;
      this.deadline = this.#service.watch.after(this.#service.limits.keepAliveTimeoutMs);
    });
    exchange.start();
  }

  #closed(): void {
    this.#service.watch.delete(this);
    this.#service.connections.delete(this);
    for (const exchange of this.#exchanges) exchange.closed();
    this.#exchanges.clear();
    if (this.#isClosing) this.#service.underWay.end();
    this.#isClosing = false;
  }
}
