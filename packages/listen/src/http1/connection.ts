import type { Buffer } from "node:buffer";
import { CutOff } from "../body/broken-off.ts";
import { clientLeft, serverClosed, timedOut } from "../exchange.ts";
import type { Outcome } from "../exchange-end.ts";
import type { Connection, Service } from "../service.ts";
import type { Watched } from "../watch.ts";
import { Http1Exchange, type Http1Host } from "./exchange.ts";
import { keepAliveLines } from "./format-head.ts";
import { parseHead, type ParsedHead } from "./parse-head.ts";
import { ReplyWriter } from "./reply-writer.ts";
import type { Http1Socket, SocketListener } from "./socket.ts";
import { STATUS_TEXTS } from "./status-texts.ts";
import { Unread } from "./unread.ts";

/** Length of CR LF CR LF. */
const HEAD_END_BYTES = 4;
const CR = 13;
const LF = 10;

/** What is received of further requests while one is answered: a client that leaves is not noticed behind more. */
const AHEAD_BYTES = 65_536;

/** The first bytes of a head, as far as they came: anything else is no HTTP, and need not be waited for. */
const METHOD = /^[!#$%&'*+\-.^_`|~\w]+(?: |$)/;
const METHOD_BYTES = 64;

/**
 * One connection that speaks HTTP/1.1: reads requests, has them answered one after the other, and writes the replies.
 *
 * Written anew because what runtimes offer differs, and costs more: Bun's `Bun.serve` takes no request ahead of the reply to the
 * one before, its `node:http` knows no time-outs on a socket that it is handed and takes twice as long there, as Deno's does; Node's
 * takes half as long again.
 */
export class Http1Connection implements Connection, Http1Host, SocketListener, Watched {
  readonly writer: ReplyWriter;
  readonly keepAliveLines: string;
  readonly #socket: Http1Socket;
  readonly #service: Service;
  readonly #isSecure: boolean;
  readonly #unread = new Unread();
  #phase: "idle" | "exchange" | "lingering" | "closed" = "idle";
  #exchange: Http1Exchange | undefined;
  /** Up to where the end of a head was looked for. */
  #searched = 0;
  #isAdvancing = false;
  #isPaused = false;
  #isFlushing = false;
  /** What was thrown away since the last reply. */
  #lingered = 0;
  /** Until when the client may take to send a head, or to hang up. */
  #receiveBy: number;

  /** @param socket Nothing reads from it yet. */
  constructor(socket: Http1Socket, service: Service, isSecure: boolean) {
    this.#socket = socket;
    this.#service = service;
    this.#isSecure = isSecure;
    this.writer = new ReplyWriter(socket, service);
    this.keepAliveLines = keepAliveLines(service.limits.keepAliveTimeoutMs);
    this.#receiveBy = service.watch.after(service.limits.headTimeoutMs);
    service.watch.add(this);
    service.connections.add(this);
    socket.listen(this);
  }

  get peerAddress(): string | undefined {
    return this.#socket.peerAddress;
  }

  get deadline(): number {
    return Math.min(this.#exchange?.receiveBy ?? this.#receiveBy, this.writer.takeBy);
  }

  expire(): void {
    const exchange = this.#exchange;
    if (this.writer.takeBy <= this.deadline) {
      this.#terminate("timed-out", timedOut("the client took nothing of the reply in time"));
    } else if (exchange !== undefined) {
      exchange.expire();
    } else if (this.#phase === "idle" && this.#unread.length > 0) {
      this.#refuse(408, "its head did not come in time");
    } else {
      this.#terminate("timed-out", timedOut("the connection was unused for too long"));
    }
  }

  shutDown(): void {
    if (this.#phase === "idle" || this.#exchange?.isReplied === true) this.linger();
  }

  close(): void {
    this.#terminate("server-cut", serverClosed());
  }

  cut(error: unknown): void {
    if (!(error instanceof CutOff)) this.#terminate("server-cut", error);
    else if (error.by === "close") this.writer.flush(() => this.#terminate("server-cut", error));
    else this.writer.flush(() => this.#terminate("server-cut", error, "reset"));
  }

  flow(): void {
    const isAhead = this.#phase === "exchange" && this.#unread.length > AHEAD_BYTES;
    const isPaused = isAhead || this.#exchange?.isPaused === true;
    if (isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    if (isPaused) this.#socket.pause();
    else this.#socket.resume();
  }

  next(): void {
    if (this.#phase !== "exchange") return;
    const { watch, limits } = this.#service;
    this.#exchange = undefined;
    this.#phase = "idle";
    this.#receiveBy = watch.after(limits.keepAliveTimeoutMs);
    this.#advance();
  }

  /** Sends no more, and takes in what is still sent for a while: to hang up at once would take the reply from the client. */
  linger(): void {
    if (this.#phase === "closed" || this.#phase === "lingering") return;
    const { watch, limits } = this.#service;
    this.#phase = "lingering";
    this.#exchange = undefined;
    this.#unread.clear();
    this.#receiveBy = watch.after(limits.drainTimeoutMs);
    this.flow();
    // Counted until the operating system has all of it: a server that closes waits for that.
    this.#isFlushing = true;
    this.#service.underWay.begin();
    this.#socket.end((error) => {
      if (!error) this.writer.ended();
      this.#flushed();
    });
  }

  #flushed(): void {
    if (!this.#isFlushing) return;
    this.#isFlushing = false;
    this.#service.underWay.end();
  }

  received(chunk: Buffer): void {
    switch (this.#phase) {
      case "idle":
        this.#unread.push(chunk);
        this.#advance();
        return;
      case "exchange": {
        const rest = this.#exchange?.feed(chunk) ?? chunk;
        if (rest.length === 0 || this.#isOver()) return;
        this.#unread.push(rest);
        this.#advance();
        return;
      }
      case "lingering":
        this.#lingered += chunk.length;
        if (this.#lingered > this.#service.limits.maxDrainBytes) this.#socket.destroy();
        return;
      default:
    }
  }

  drained(): void {
    this.writer.drained();
  }

  closed(): void {
    this.#leave();
  }

  #isOver(): boolean {
    return this.#phase === "lingering" || this.#phase === "closed";
  }

  receivedEnd(): void {
    if (this.#phase === "exchange" && this.#exchange?.isReplied !== true) this.#leave();
    else this.linger();
  }

  /** Reads as many requests as are there, one after the other. */
  #advance(): void {
    // A reply that is there at once comes back here: the loop that is under way goes on.
    if (this.#isAdvancing) return;
    this.#isAdvancing = true;
    while (this.#phase === "idle" && this.#unread.length > 0 && this.#readHead());
    this.#isAdvancing = false;
    this.flow();
  }

  /** Reads one head; answers whether it was there and something may follow. */
  #readHead(): boolean {
    const { bytes } = this.#unread;
    if (bytes[0] === CR && bytes[1] === LF) {
      // Some clients end a body with an empty line that is none of it.
      this.#unread.skip(2);
      return true;
    }
    const { maxHeaderBytes } = this.#service.limits;
    const end = findHeadEnd(bytes, this.#searched);
    if (end === "none") return this.#refuse(400, "a line of its head does not end with CR LF");
    if (end > maxHeaderBytes || (end < 0 && bytes.length > maxHeaderBytes)) {
      return this.#refuse(431, `its head is longer than ${maxHeaderBytes} bytes`);
    }
    if (end < 0) return this.#awaitHead(bytes);
    this.#searched = 0;
    const parsed = parseHead(bytes.toString("latin1", 0, end));
    this.#unread.skip(end + HEAD_END_BYTES);
    if ("problem" in parsed) return this.#refuse(parsed.status, parsed.problem);
    this.#begin(parsed);
    return true;
  }

  #awaitHead(bytes: Buffer): boolean {
    if (this.#searched < METHOD_BYTES && !METHOD.test(bytes.toString("latin1", 0, METHOD_BYTES)) && !isCr(bytes)) {
      return this.#refuse(400, "it does not begin with a method");
    }
    const { watch, limits } = this.#service;
    if (this.#searched === 0) this.#receiveBy = watch.after(limits.headTimeoutMs);
    // The last three may belong to the end.
    this.#searched = Math.max(1, bytes.length - HEAD_END_BYTES + 1);
    return false;
  }

  #begin(parsed: ParsedHead): void {
    const { method, target, headers, httpVersion } = parsed;
    const head = this.#isSecure
      ? ({ method, target, headers, httpVersion, secure: true } as const)
      : { method, target, headers, httpVersion };
    const exchange = new Http1Exchange(this, this.#service, head, parsed);
    this.#exchange = exchange;
    this.#phase = "exchange";
    if (parsed.contentLength !== 0 && this.#unread.length > 0) {
      const rest = exchange.feed(this.#unread.takeAll());
      if (rest.length > 0) this.#unread.push(rest);
    }
    exchange.start();
  }

  /** Answers a request that no handler can see. Answers that nothing more is read. */
  #refuse(status: number, problem: string): false {
    const text = `Cannot read the request: ${problem}\n`;
    const head = [
      `HTTP/1.1 ${status} ${STATUS_TEXTS[status]}`,
      "content-type: text/plain; charset=utf-8",
      `content-length: ${text.length}`,
      "connection: close",
    ];
    this.writer.writeText(`${head.join("\r\n")}\r\n\r\n${text}`);
    this.#service.onRefused({ status, problem, peerAddress: this.peerAddress });
    this.linger();
    return false;
  }

  #leave(): void {
    this.#terminate("client-left", clientLeft("closed the connection"));
  }

  /** Ends it, and tells everybody who waits. */
  #terminate(outcome: Outcome, error: unknown, how: "destroy" | "reset" = "destroy"): void {
    if (this.#phase === "closed") return;
    this.#phase = "closed";
    this.#service.watch.delete(this);
    this.#service.connections.delete(this);
    this.#unread.clear();
    for (const reporter of this.writer.unflushed) reporter.end(outcome, "reply", error);
    this.#exchange?.endEarly(outcome, error);
    this.#exchange = undefined;
    this.#flushed();
    this.writer.stop();
    this.#socket[how]();
  }
}

/**
 * Where the empty line begins that ends a head.
 *
 * @param from Up to where was looked before.
 * @returns -1 where it is still to come, `"none"` where a line ends otherwise than it must.
 */
function findHeadEnd(bytes: Buffer, from: number): number | "none" {
  // Not all four bytes at once: on Deno 2.9 that takes ten times as long.
  for (let at = bytes.indexOf(LF, from); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at - 1] !== CR) return "none";
    if (bytes[at + 1] === CR && bytes[at + 2] === LF) return at - 1;
  }
  return -1;
}

/** Whether it is the first half of an empty line, which may come before a head. */
const isCr = (bytes: Buffer): boolean => bytes.length === 1 && bytes[0] === CR;
