import type { Buffer } from "node:buffer";
import type { OutgoingHttpHeaders, ServerHttp2Stream } from "node:http2";
import { join } from "../body/gather.ts";
import { type Pieces, stopBody, stopPieces, toPieces } from "../body/pieces.ts";
import { checkStatus, checkValue, headerKind, invalid, lengthOf } from "../check-reply.ts";
import { CutOff } from "../body/broken-off.ts";
import { clientLeft, Exchange, timedOut } from "../exchange.ts";
import type { Outcome } from "../exchange-end.ts";
import type { Cut, Reply, RequestHead } from "../handler.ts";
import { hasNoBody } from "../has-no-body.ts";
import type { Service } from "../service.ts";
import type { Watched } from "../watch.ts";

const NO_ERROR = 0x0;

/** Node 24 closes a stream that is whole before it says that it is finished; elsewhere the code of a lost connection is none. */
const SAYS_FINISHED = "Bun" in globalThis || "Deno" in globalThis;

/** A request on a stream of HTTP/2. */
export class Http2Exchange extends Exchange implements Watched {
  readonly #stream: ServerHttp2Stream;
  /** Until when the client may take to send what is waited for, and to take what it is sent. */
  #receiveBy = Infinity;
  #takeBy = Infinity;
  #hasBegun = false;
  /** Set where the rest of the body is thrown away: how much was. */
  #drained: number | undefined;
  #pieces: Pieces | undefined;
  #isTimedOut = false;
  /** Set once all of the reply was handed to the stream. */
  #isWritten = false;

  constructor(
    stream: ServerHttp2Stream,
    service: Service,
    raw: readonly string[],
    isSecure: boolean,
    isBodiless: boolean,
  ) {
    const head = headOf(raw, isSecure);
    super(service, head, isBodiless ? 0 : declaredLength(head));
    this.#stream = stream;
    service.watch.add(this);
    stream.on("drain", () => void (this.#takeBy = Infinity));
  }

  get peerAddress(): string | undefined {
    const { session } = this.#stream;
    return session === undefined || session.destroyed ? undefined : session.socket.remoteAddress;
  }

  get deadline(): number {
    return Math.min(this.#receiveBy, this.#takeBy);
  }

  protected override get isGone(): boolean {
    return this.#stream.destroyed;
  }

  expire(): void {
    if (this.#takeBy <= this.#receiveBy) {
      this.reset("timed-out", timedOut("the client took nothing of the reply in time"));
    } else if (this.#drained === undefined) {
      this.#receiveBy = Infinity;
      this.#isTimedOut = true;
      this.failBody(timedOut("the body did not come in time"));
    } else {
      this.#stopDraining();
    }
  }

  #endWhole(): void {
    this.end();
    this.reporter?.endWhole();
  }

  /** The stream is closed: whether it came to its end is known now. */
  closed(): void {
    this.service.watch.delete(this);
    if (this.#pieces !== undefined) stopPieces(this.#pieces);
    const { aborted, rstCode, writableFinished } = this.#stream;
    const isTaken = writableFinished || (!SAYS_FINISHED && !aborted && rstCode === NO_ERROR);
    if (this.#isWritten && isTaken) this.#endWhole();
    else this.#leave();
  }

  #leave(): void {
    this.endEarly("client-left", clientLeft("reset the stream"));
  }

  begin(): void {
    const stream = this.#stream;
    this.#hasBegun = true;
    this.#receiveBy = this.service.watch.after(this.service.limits.bodyTimeoutMs);
    stream.on("data", (chunk: Buffer) => {
      if (this.#drained === undefined) this.body.push(chunk);
      else this.#drain(chunk.length);
    });
    stream.on("end", () => {
      this.#receiveBy = Infinity;
      // A stream that is reset ends too.
      if (stream.aborted || stream.rstCode !== NO_ERROR || stream.destroyed) this.#leave();
      else this.body.finish();
    });
  }

  pause(): void {
    this.#receiveBy = Infinity;
    this.#stream.pause();
  }

  resume(): void {
    if (!this.#stream.isPaused()) return;
    this.#receiveBy = this.service.watch.after(this.service.limits.bodyTimeoutMs);
    this.#stream.resume();
  }

  discard(): void {
    if (!this.#hasBegun) this.begin();
    this.#drained = 0;
    this.#receiveBy = this.service.watch.after(this.service.limits.drainTimeoutMs);
    this.#stream.resume();
  }

  protected respond(reply: Reply): void {
    const stream = this.#stream;
    const isBodyless = this.head.method === "HEAD" || hasNoBody(reply.status);
    const { headers, declaredBytes } = headersOf(reply, isBodyless);
    if (!this.body.isTaken) this.body.abandon();
    headers["date"] ??= this.service.date();
    stream.respond(headers);
    this.reporter?.wrote(0);
    if (isBodyless) {
      stopBody(reply.body);
      // Written to, a stream that ended with its head would be reset.
      this.#endStream(undefined);
      return;
    }
    this.#write(reply, declaredBytes).catch((error: unknown) => this.#cut(error));
  }

  protected breakOff(by: Cut["by"]): void {
    this.reset("server-cut", new CutOff(by));
  }

  /** Where it is what the reply asked for, the client first gets what was written. */
  #cut(error: unknown): void {
    const reset = (): void => this.reset("server-cut", error);
    if (error instanceof CutOff && this.#stream.writableLength > 0) this.#stream.write("", reset);
    else reset();
  }

  async #write(reply: Reply, declaredBytes: number | undefined): Promise<void> {
    const pieces = toPieces(reply.body, declaredBytes);
    if ("next" in pieces) await this.#pump(pieces);
    else this.#endStream(join(pieces));
  }

  async #pump(pieces: Pieces): Promise<void> {
    this.#pieces = pieces;
    try {
      for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) {
        if (this.isEnded) return;
        if (next.value.length > 0) this.reporter?.wrote(next.value.length);
        if (next.value.length > 0 && !this.#stream.write(next.value)) await this.#untilDrained();
      }
    } catch (error) {
      // One that failed by itself has nothing left to do.
      stopPieces(pieces);
      throw error;
    } finally {
      this.#pieces = undefined;
    }
    if (!this.isEnded) this.#endStream(undefined);
  }

  #endStream(bytes: Uint8Array | undefined): void {
    if (bytes !== undefined && bytes.length > 0) this.reporter?.wrote(bytes.length);
    this.#isWritten = true;
    this.body.abandon();
    if (bytes === undefined) this.#stream.end();
    else this.#stream.end(bytes);
    this.#block();
    // Of a body that did not come nothing is awaited any more.
    if (this.#isTimedOut) this.#stream.close(NO_ERROR);
  }

  /** Waits until the client takes what was written, or is gone. */
  #untilDrained(): Promise<void> {
    this.#block();
    return new Promise((resolve) => {
      const stream = this.#stream;
      // What was destroyed before tells nobody any more.
      if (stream.destroyed) return resolve();
      const done = (): void => {
        stream.off("drain", done);
        stream.off("close", done);
        resolve();
      };
      stream.once("drain", done);
      stream.once("close", done);
    });
  }

  #block(): void {
    this.#takeBy = this.service.watch.after(this.service.limits.stallTimeoutMs);
  }

  /** Counts what is thrown away, and takes no more where that is too much. */
  #drain(bytes: number): void {
    this.#drained = (this.#drained ?? 0) + bytes;
    if (this.#drained > this.service.limits.maxDrainBytes) this.#stopDraining();
  }

  #stopDraining(): void {
    this.#receiveBy = Infinity;
    // A client that was answered is asked to stop; one that was not has to wait.
    if (this.#isWritten) this.#stream.close(NO_ERROR);
    else this.#stream.pause();
  }

  /** Ends it at once. */
  reset(outcome: Outcome, error: unknown): void {
    this.endEarly(outcome, error);
    // Closed with a code, a stream would end like one that is whole first.
    this.#stream.destroy(new Error("The exchange was cut"));
  }
}

/** The head as it was received, pseudo-headers included. */
function headOf(raw: readonly string[], isSecure: boolean): RequestHead {
  const headers: [name: string, value: string][] = [];
  let method = "";
  let target = "";
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? "";
    const value = raw[index + 1] ?? "";
    headers.push([name, value]);
    if (name === ":method") method = value;
    else if (name === ":path") target = value;
  }
  return isSecure
    ? { method, target, headers, httpVersion: "2.0", secure: true }
    : { method, target, headers, httpVersion: "2.0" };
}

/** The length of a body, where the client says it. */
function declaredLength({ headers }: RequestHead): number | undefined {
  const length = headers.find(([name]) => name === "content-length")?.[1];
  // 0 would mean that nothing comes: that is for the end of the stream to say.
  return length === undefined || !(Number(length) > 0) ? undefined : Number(length);
}

/** The head of a reply as Node takes it. */
function headersOf(
  reply: Reply,
  isBodyless: boolean,
): { readonly headers: OutgoingHttpHeaders; readonly declaredBytes: number | undefined } {
  const { status, headers } = reply;
  checkStatus(status);
  const found: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  for (const [name, value] of headers) {
    checkValue(name, value);
    const kind = headerKind(name);
    if (kind === "connection" || kind === "of-connection") continue;
    const lower = name.toLowerCase();
    const before = found[lower];
    found[lower] = before === undefined ? value : [before, value].flat();
  }
  const declared = found["content-length"];
  if (typeof declared === "object") throw invalid("it has two lengths");
  const declaredBytes = lengthOf(reply, declared, isBodyless);
  return { headers: { ...found, ":status": status }, declaredBytes };
}
