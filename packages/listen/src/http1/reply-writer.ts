import process from "node:process";
import { byteLength } from "../body/gather.ts";
import { type Pieces, stopBody, stopPieces, toPieces } from "../body/pieces.ts";
import type { EndReporter } from "../exchange-end.ts";
import type { Reply } from "../handler.ts";
import type { Service } from "../service.ts";
import type { Watch } from "../watch.ts";
import type { FormattedHead } from "./format-head.ts";
import type { Http1Socket, Sent } from "./socket.ts";

const LAST_CHUNK = "0\r\n\r\n";
const LINE_END = "\r\n";
const NO_PARTS: readonly Uint8Array[] = [];

/** Writes the replies of one connection, one after the other. */
export class ReplyWriter {
  readonly #socket: Http1Socket;
  readonly #watch: Watch;
  readonly #stallTimeoutMs: number;
  /** Until when the client may take what it is sent. */
  takeBy: number = Infinity;
  /** What is still in its head that was not handed over: it goes out with the first piece, where that is there at once. */
  #head = "";
  #isStopped = false;
  #isBlocked = false;
  #pieces: Pieces | undefined;
  #unblock: (() => void) | undefined;
  /** Bytes of a body that are still to come, where its length is known. */
  #left = Infinity;
  #reporter: EndReporter | undefined;
  #isCut = false;
  /** How many writes of a reply that is broken off the operating system has not taken yet: nothing is lost with the end. */
  #unsent = 0;
  #whenSent: (() => void) | undefined;
  /** Those whose last bytes the operating system has not taken yet. */
  readonly #unflushed = new Set<EndReporter>();

  constructor(socket: Http1Socket, { watch, limits }: Service) {
    this.#socket = socket;
    this.#watch = watch;
    this.#stallTimeoutMs = limits.stallTimeoutMs;
  }

  /** Whether there are replies of which it is not known yet that they were taken. */
  get unflushed(): Iterable<EndReporter> {
    return this.#unflushed;
  }

  /**
   * Writes a reply.
   *
   * @returns Nothing where all was handed over at once and the client takes it; otherwise what to wait for. It rejects with
   * what the body throws.
   */
  write(reply: Reply, head: FormattedHead, reporter: EndReporter | undefined): Promise<void> | undefined {
    this.#reporter = reporter;
    this.#head = head.text;
    this.#left = head.declaredBytes ?? Infinity;
    this.#isCut = reply.cut !== undefined;
    if (head.framing === "none") {
      stopBody(reply.body);
      this.#send("", NO_PARTS, 0, "", true);
    } else {
      const pieces = toPieces(reply.body, head.declaredBytes);
      if ("next" in pieces) return this.#pump(pieces, head);
      this.#sendPiece(pieces, head, true);
    }
    return this.#isBlocked ? this.#untilDrained() : undefined;
  }

  /** Writes a few bytes that belong to no reply. */
  writeText(text: string): void {
    if (!this.#socket.send(text, NO_PARTS, "", undefined)) this.#block();
  }

  /** Tells when the operating system has everything that was written of a reply that is broken off. */
  flush(done: () => void): void {
    this.flushHead();
    if (this.#unsent === 0) done();
    else this.#whenSent = done;
  }

  /** The connection was ended after what was written, and the operating system has all of it. */
  ended(): void {
    for (const reporter of this.#unflushed) reporter.endWhole();
    this.#unflushed.clear();
  }

  /** Goes on: the client has taken what was written. */
  drained(): void {
    this.#isBlocked = false;
    this.takeBy = Infinity;
    const unblock = this.#unblock;
    this.#unblock = undefined;
    unblock?.();
  }

  /** Writes nothing more, and tells the source of the body. */
  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    if (this.#pieces !== undefined) stopPieces(this.#pieces);
    this.drained();
  }

  async #pump(pieces: Pieces, head: FormattedHead): Promise<void> {
    this.#pieces = pieces;
    // The head of a body without a byte is its end as well, and goes out as such.
    const isEmpty = this.#left === 0;
    if (!isEmpty) process.nextTick(flushHead, this);
    try {
      for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) {
        if (this.#isStopped) return;
        // An empty chunk would be the last.
        if (next.value.length > 0) this.#sendPiece([next.value], head, this.#left === next.value.length);
        if (this.#isBlocked) await this.#untilDrained();
      }
    } catch (error) {
      // One that failed by itself has nothing left to do.
      stopPieces(pieces);
      throw error;
    } finally {
      this.#pieces = undefined;
    }
    if (this.#isStopped || (this.#left === 0 && !isEmpty)) return;
    this.#sendPiece(NO_PARTS, head, true);
    if (this.#isBlocked) await this.#untilDrained();
  }

  /** Sends a piece of a body, in its parts, as the client tells it from the next one; `isLast` where there is none. */
  #sendPiece(parts: readonly Uint8Array[], { framing }: FormattedHead, isLast: boolean): void {
    const length = byteLength(parts);
    if (framing !== "chunked") this.#send("", parts, length, "", isLast);
    else {
      const end = isLast ? LAST_CHUNK : "";
      if (length === 0) this.#send(end, NO_PARTS, 0, "", isLast);
      else this.#send(length.toString(16) + LINE_END, parts, length, LINE_END + end, isLast);
    }
  }

  /** Sends so many bytes and what stands around them, together with the head where that is still here. */
  #send(before: string, parts: readonly Uint8Array[], length: number, after: string, isLast: boolean): void {
    if (this.#isStopped) return;
    const start = this.#head + before;
    this.#head = "";
    const reporter = this.#reporter;
    this.#left -= length;
    reporter?.wrote(length);
    let done = isLast && reporter !== undefined ? this.#reportWhole(reporter) : undefined;
    if (this.#isCut) done ??= this.#countSent();
    // A body that ends with its connection: its end says when all of it is taken.
    if (length === 0 && start === "" && after === "") return;
    if (!this.#socket.send(start, parts, after, done)) this.#block();
  }

  #block(): void {
    this.#isBlocked = true;
    this.takeBy = this.#watch.after(this.#stallTimeoutMs);
  }

  /** Says of a reply that it is whole, as soon as the operating system has taken its last bytes. */
  #reportWhole(reporter: EndReporter): Sent {
    this.#unflushed.add(reporter);
    return (error) => {
      if (error) return;
      this.#unflushed.delete(reporter);
      reporter.endWhole();
    };
  }

  #countSent(): Sent {
    this.#unsent++;
    return () => {
      if (--this.#unsent === 0) this.#whenSent?.();
    };
  }

  #untilDrained(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#isStopped || !this.#isBlocked) resolve();
      else this.#unblock = resolve;
    });
  }

  /** Sends a head whose body lets itself be waited for. */
  flushHead(): void {
    if (this.#head !== "") this.#send("", NO_PARTS, 0, "", false);
  }
}

const flushHead = (writer: ReplyWriter): void => writer.flushHead();
