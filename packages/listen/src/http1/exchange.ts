import { Buffer } from "node:buffer";
import { CutOff } from "../body/broken-off.ts";
import { Exchange, timedOut } from "../exchange.ts";
import type { Cut, Reply, RequestHead } from "../handler.ts";
import { ListenError } from "../listen-error.ts";
import type { Service } from "../service.ts";
import { ChunkedDecoder } from "./chunked-decoder.ts";
import { formatHead } from "./format-head.ts";
import type { ParsedHead } from "./parse-head.ts";
import type { ReplyWriter } from "./reply-writer.ts";

/** What an exchange needs of its connection. */
export interface Http1Host {
  readonly writer: ReplyWriter;
  /** The end of a head after which the connection stays open. */
  readonly keepAliveLines: string;
  /** The address of the client; `undefined` where it is gone. */
  readonly peerAddress: string | undefined;
  /** Whether to receive, or to leave it to the operating system to let the client wait. */
  flow(): void;
  /** Both halves are over. */
  next(): void;
  /** The reply is over, and no other follows. */
  linger(): void;
  /** The body of the reply failed. */
  cut(error: unknown): void;
}

const NO_BYTES = /* @__PURE__ */ Buffer.alloc(0);

/** A request on a connection of HTTP/1.1, which has one at a time. */
export class Http1Exchange extends Exchange {
  /** Until when the client may take to send what is waited for. */
  receiveBy: number = Infinity;
  readonly #host: Http1Host;
  readonly #decoder: ChunkedDecoder | undefined;
  /** Bytes of the body that are still to come, where its length is known. */
  #left: number;
  #isReceiving: boolean;
  #isPaused = false;
  #keepAlive: boolean;
  /** Set while the client waits for a word before it sends its body. */
  #awaitsContinue: boolean;
  /** Set where the rest of the body is thrown away: how much was. */
  #drained: number | undefined;
  #isReplied = false;
  /** Set where nothing that follows can be told from the body any more. */
  #isBroken = false;

  constructor(
    host: Http1Host,
    service: Service,
    head: RequestHead,
    { contentLength, keepAlive, expectsContinue }: ParsedHead,
  ) {
    super(service, head, contentLength);
    this.#host = host;
    this.#left = contentLength ?? 0;
    this.#decoder = contentLength === undefined ? new ChunkedDecoder(service.limits.maxHeaderBytes) : undefined;
    this.#isReceiving = contentLength !== 0;
    this.#keepAlive = keepAlive;
    this.#awaitsContinue = expectsContinue;
  }

  get peerAddress(): string | undefined {
    return this.#host.peerAddress;
  }

  /** Whether it wants no bytes at the moment. */
  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Whether all of the reply was handed over. */
  get isReplied(): boolean {
    return this.#isReplied;
  }

  /**
   * Takes what belongs to the body.
   *
   * @returns What follows it.
   */
  feed(bytes: Buffer): Buffer {
    if (!this.#isReceiving) return bytes;
    if (this.#isBroken) {
      this.#drain(bytes.length);
      return NO_BYTES;
    }
    let content = bytes;
    let rest: Buffer = NO_BYTES;
    if (this.#decoder === undefined) {
      if (this.#left < bytes.length) {
        content = bytes.subarray(0, this.#left);
        rest = bytes.subarray(this.#left);
      }
      this.#left -= content.length;
    } else {
      const decoded = this.#decoder.decode(bytes);
      if (decoded === undefined) {
        this.#break(new ListenError("BODY_MALFORMED", "Cannot read the body: its chunks are malformed"));
        return NO_BYTES;
      }
      ({ content, rest } = decoded);
    }
    if (this.#drained !== undefined) this.#drain(content.length);
    else if (content.length > 0) this.body.push(content);
    if (this.#decoder?.isDone ?? this.#left === 0) this.#finishBody();
    return rest;
  }

  /** The client took too long. */
  expire(): void {
    if (this.#drained === undefined) this.#break(timedOut("the body did not come in time"));
    else this.#stopDraining();
  }

  begin(): void {
    if (this.#awaitsContinue) {
      this.#awaitsContinue = false;
      this.#host.writer.writeText("HTTP/1.1 100 Continue\r\n\r\n");
    }
    this.receiveBy = this.service.watch.after(this.service.limits.bodyTimeoutMs);
  }

  pause(): void {
    if (this.#isPaused) return;
    this.#isPaused = true;
    // The client is not slow: it is not listened to.
    this.receiveBy = Infinity;
    this.#host.flow();
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.receiveBy = this.service.watch.after(this.service.limits.bodyTimeoutMs);
    this.#host.flow();
  }

  discard(): void {
    this.#drained = 0;
    this.#isPaused = false;
    this.receiveBy = this.service.watch.after(this.service.limits.drainTimeoutMs);
    this.#host.flow();
  }

  protected respond(reply: Reply): void {
    const { limits, underWay } = this.service;
    // What will not be received whole ends the connection, and the client is told so.
    const isLeft =
      this.#isReceiving && !this.body.isTaken && (this.#awaitsContinue || this.#left > limits.maxDrainBytes);
    const head = formatHead(reply, {
      method: this.head.method,
      httpVersion: this.head.httpVersion,
      keepAlive: this.#keepAlive && !isLeft && !underWay.isClosing,
      keepAliveLines: this.#host.keepAliveLines,
      date: this.service.date,
    });
    this.#keepAlive = head.keepAlive;
    if (!this.body.isTaken) this.body.abandon();
    try {
      const writing = this.#host.writer.write(reply, head, this.reporter);
      if (writing === undefined) this.#replied();
      else
        writing.then(
          () => this.#replied(),
          (error: unknown) => this.#host.cut(error),
        );
    } catch (error) {
      this.#host.cut(error);
    }
  }

  protected breakOff(by: Cut["by"]): void {
    this.#host.cut(new CutOff(by));
  }

  #replied(): void {
    if (this.isEnded) return;
    this.#isReplied = true;
    this.end();
    this.body.abandon();
    if (!this.#keepAlive || this.service.underWay.isClosing) this.#host.linger();
    else if (!this.#isReceiving) this.#host.next();
  }

  #finishBody(): void {
    this.#isReceiving = false;
    this.#awaitsContinue = false;
    this.#isPaused = false;
    this.receiveBy = Infinity;
    this.body.finish();
    if (this.#isReplied) this.#host.next();
  }

  /** Counts what is thrown away, and takes no more where that is too much. */
  #drain(bytes: number): void {
    this.#drained = (this.#drained ?? 0) + bytes;
    if (this.#drained > this.service.limits.maxDrainBytes) this.#stopDraining();
  }

  #stopDraining(): void {
    this.#keepAlive = false;
    this.receiveBy = Infinity;
    if (this.#isReplied) {
      this.#host.linger();
      return;
    }
    this.#isPaused = true;
    this.#host.flow();
  }

  /** Takes no more of a connection on which it is not known where the next request begins. */
  #break(error: ListenError): void {
    this.#isBroken = true;
    this.#keepAlive = false;
    this.#isPaused = false;
    this.receiveBy = Infinity;
    this.failBody(error);
    this.#host.flow();
    if (this.#isReplied) this.#host.linger();
  }
}
