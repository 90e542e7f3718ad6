import type { IncomingRequest } from "../handler.ts";
import { ListenError } from "../listen-error.ts";
import { ByteList } from "./byte-list.ts";
import type { HeldBytes } from "./held-bytes.ts";

/** What is taken in of a body before anybody asks for it: a client that leaves is not noticed behind more. */
const UNASKED_BYTES = 65_536;

const NO_BYTES = /* @__PURE__ */ new Uint8Array();

/** Where a body comes from. */
export interface BodySource {
  /** Somebody wants it, or it is to be thrown away: called once. */
  begin(): void;
  /** Sends no more until {@link BodySource.resume}. */
  pause(): void;
  resume(): void;
  /** The rest is thrown away. */
  discard(): void;
}

/**
 * The body of a request on its way from a connection to a handler.
 *
 * A connection pushes; the handler reads, streams, or does neither. Promise, stream and controller are made when they are
 * first asked for: most requests need one promise.
 */
export class RequestBody implements IncomingRequest {
  /** Absent once there is nothing more to come. */
  #source: BodySource | undefined;
  #state: "unasked" | "reading" | "streaming" | "discarding" | "done" = "unasked";
  #pieces: ByteList | undefined;
  #failure: ListenError | undefined;
  #maxBytes = 0;
  #resolve: ((body: Uint8Array | undefined) => void) | undefined;
  #reject: ((reason: ListenError) => void) | undefined;
  #stream: ReadableStream<Uint8Array<ArrayBuffer>> | undefined;
  #controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | undefined;
  #aborter: AbortController | undefined;
  #gone: ListenError | undefined;
  #isWhole: boolean;
  /** Bytes that it has, 0 where there is none; `undefined` where the client does not say so beforehand. */
  readonly contentLength: number | undefined;
  readonly #held: HeldBytes;
  readonly #peer: Pick<IncomingRequest, "peerAddress">;
  /** How many bytes of it are held: those that came, and those that a handler was given and may still look at. */
  #heldBytes = 0;

  /**
   * @param source Where it comes from; `undefined` where there is none.
   * @param contentLength How long it is, where the client said so beforehand.
   * @param held Counts what is held of all bodies.
   * @param peer Knows the address of whoever sends it: asked when somebody wants to know.
   */
  constructor(
    source: BodySource | undefined,
    contentLength: number | undefined,
    held: HeldBytes,
    peer: Pick<IncomingRequest, "peerAddress">,
  ) {
    this.#source = source;
    this.#isWhole = source === undefined;
    this.contentLength = contentLength;
    this.#held = held;
    this.#peer = peer;
  }

  get peerAddress(): string | undefined {
    return this.#peer.peerAddress;
  }

  /** Whether all of it came, or nothing more will. */
  get isOver(): boolean {
    return this.#source === undefined;
  }

  /** Whether all of it came. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Whether a handler takes it. */
  get isTaken(): boolean {
    return this.#state === "reading" || this.#state === "streaming";
  }

  read(maxBytes: number): Promise<Uint8Array | undefined> {
    if (this.#state !== "unasked") return Promise.reject(this.#refusal());
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const source = this.#source;
    const came = this.#pieces?.length ?? 0;
    if (came > maxBytes || (this.contentLength ?? 0) > maxBytes) {
      this.#throwAway();
      return Promise.resolve(undefined);
    }
    if (came > 0 && this.#held.isOver) {
      this.#throwAway();
      return Promise.reject(noRoom());
    }
    if (source === undefined) {
      this.#state = "done";
      return Promise.resolve(this.#takePieces());
    }
    this.#state = "reading";
    this.#maxBytes = maxBytes;
    const reading = new Promise<Uint8Array | undefined>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // A handler that does not wait for it must not end the process.
    reading.catch(() => {});
    source.begin();
    source.resume();
    return reading;
  }

  get stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    if (this.#stream !== undefined) return this.#stream;
    if (this.#state !== "unasked") throw this.#refusal();
    this.#state = "streaming";
    this.#stream = new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        start: (controller) => this.#beginStream(controller),
        pull: () => this.#source?.resume(),
        cancel: () => this.#throwAway(),
      },
      { highWaterMark: UNASKED_BYTES, size: (piece) => piece.length },
    );
    return this.#stream;
  }

  get signal(): AbortSignal {
    this.#aborter ??= new AbortController();
    if (this.#gone !== undefined) this.#aborter.abort(this.#gone);
    return this.#aborter.signal;
  }

  /** The next piece came. */
  push(piece: Uint8Array): void {
    switch (this.#state) {
      case "unasked":
        // What came is kept, room or not; nothing more comes until somebody asks.
        if (!this.#keep(piece) || (this.#pieces?.length ?? 0) >= UNASKED_BYTES) this.#source?.pause();
        return;
      case "reading":
        if (!this.#keep(piece)) this.#refuseMore();
        else if ((this.#pieces?.length ?? 0) > this.#maxBytes) this.#giveUp();
        return;
      case "streaming":
        this.#controller?.enqueue(piece as Uint8Array<ArrayBuffer>);
        if ((this.#controller?.desiredSize ?? 0) <= 0) this.#source?.pause();
        return;
      default:
    }
  }

  /** All of it came. */
  finish(): void {
    if (this.#source === undefined) return;
    this.#source = undefined;
    this.#isWhole = true;
    if (this.#state === "reading") {
      this.#resolve?.(this.#takePieces());
      this.#settle();
    } else if (this.#state === "streaming") {
      this.#controller?.close();
      this.#settle();
    } else if (this.#state === "discarding") {
      this.#settle();
    }
  }

  /** It ends before it is whole. */
  fail(error: ListenError): void {
    if (this.#source === undefined) return;
    this.#source = undefined;
    this.#failure = error;
    this.letGo();
    if (this.#state === "reading") this.#reject?.(error);
    else if (this.#state === "streaming") this.#controller?.error(error);
    else return;
    this.#settle();
  }

  /** Nobody gets the rest: the reply is over, or the handler gave up. */
  abandon(): void {
    if (this.#source === undefined || this.#state === "discarding") return;
    const error = new ListenError("ANSWERED", "Cannot read the rest of the body: the request was answered without it");
    if (this.#state === "reading") this.#reject?.(error);
    else if (this.#state === "streaming") this.#controller?.error(error);
    this.#throwAway();
  }

  /** The exchange ended before its reply was handed over. */
  abort(reason: ListenError): void {
    if (this.#gone !== undefined) return;
    this.#gone = reason;
    // What came whole and was not asked for yet is let go of: whoever asks then must not take it for an empty one.
    this.#failure ??= reason;
    this.fail(reason);
    this.#aborter?.abort(reason);
  }

  /** Nobody looks at what was held any more. */
  letGo(): void {
    this.#pieces = undefined;
    if (this.#heldBytes === 0) return;
    this.#held.give(this.#heldBytes);
    this.#heldBytes = 0;
  }

  #beginStream(controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>): void {
    if (this.#failure !== undefined) {
      controller.error(this.#failure);
      this.#settle();
      return;
    }
    this.#controller = controller;
    if (this.#pieces !== undefined) controller.enqueue(this.#takePieces() as Uint8Array<ArrayBuffer>);
    this.letGo();
    if (this.#source !== undefined) {
      this.#source.begin();
      return;
    }
    controller.close();
    this.#settle();
  }

  /** Keeps a piece; answers whether there was room for it. */
  #keep(piece: Uint8Array): boolean {
    this.#pieces ??= new ByteList();
    this.#pieces.push(piece);
    this.#heldBytes += piece.length;
    return this.#held.take(piece.length);
  }

  #takePieces(): Uint8Array {
    const pieces = this.#pieces;
    this.#pieces = undefined;
    return pieces === undefined ? NO_BYTES : pieces.join();
  }

  #refuseMore(): void {
    this.#reject?.(noRoom());
    this.#throwAway();
  }

  #giveUp(): void {
    this.#resolve?.(undefined);
    this.#throwAway();
  }

  #throwAway(): void {
    const source = this.#source;
    this.#settle();
    this.letGo();
    if (source === undefined) return;
    this.#state = "discarding";
    source.discard();
  }

  /** Lets go of everything: a body lives as long as its connection waits for the reply. */
  #settle(): void {
    this.#state = "done";
    this.#pieces = undefined;
    this.#resolve = undefined;
    this.#reject = undefined;
    this.#controller = undefined;
  }

  #refusal(): ListenError {
    return new ListenError("BODY_TAKEN", "Cannot read the body: it was asked for before, and is not kept");
  }
}

/** The error of a body for which there was no room. */
const noRoom = (): ListenError =>
  new ListenError("NO_ROOM", "Cannot read the body: the server holds as many bytes of bodies as it may");
