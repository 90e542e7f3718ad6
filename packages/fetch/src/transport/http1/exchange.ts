import type { BodySource, TransportAnswer, TransportRequest } from "../transport.ts";
import type { AnswerListener } from "./answer-reader.ts";
import type { StopSignal } from "../../send/stop.ts";
import type { AnswerHead } from "./parse-head.ts";

/** What an exchange needs of its connection. */
export interface ExchangeHost {
  /** Receives nothing more until {@link ExchangeHost.resume}: the service waits. */
  pause(): void;
  resume(): void;
  /** Closes it. */
  destroy(): void;
}

/** So many bytes are held of an answer that nobody reads; what is received at once may go beyond it. */
const MAX_HELD_BYTES = 65_536;

/** One request on its way over a connection, and its answer, for whoever reads that. */
export class Exchange implements AnswerListener, BodySource {
  readonly #stop: StopSignal;
  readonly #resolve: (answer: TransportAnswer) => void;
  readonly #reject: (error: unknown) => void;
  /** Until the head of the answer is there: a long answer would keep the body of the request. */
  #request: TransportRequest | undefined;
  #host: ExchangeHost | undefined;
  #forget: (() => void) | undefined;
  #pieces: Uint8Array[] = [];
  #heldBytes = 0;
  #isPaused = false;
  #state: "open" | "whole" | "broken" = "open";
  #failure: unknown;
  #waiting:
    | { readonly resolve: (bytes: Uint8Array | null) => void; readonly reject: (error: unknown) => void }
    | undefined;

  /**
   * @param request The request.
   * @param resolve Given the answer, as soon as its head is there.
   * @param reject Given what it failed with before.
   */
  constructor(request: TransportRequest, resolve: (answer: TransportAnswer) => void, reject: (error: unknown) => void) {
    this.#request = request;
    this.#stop = request.stop;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** What is to be sent; `undefined` as soon as it is answered. */
  get request(): TransportRequest | undefined {
    return this.#request;
  }

  /** It has a connection. */
  start(host: ExchangeHost): void {
    const stop = this.#stop;
    this.#host = host;
    this.#forget = stop.listen(() => {
      this.fail(stop.reason);
      host.destroy();
    });
  }

  readonly onHead = ({ status, headers }: AnswerHead, hasBody: boolean): void => {
    this.#request?.onConnect();
    this.#request = undefined;
    this.#resolve({ status, headers, body: hasBody ? this : null });
  };

  readonly onBytes = (bytes: Uint8Array): void => {
    const waiting = this.#waiting;
    if (waiting !== undefined) {
      this.#waiting = undefined;
      waiting.resolve(bytes);
    } else {
      this.#pieces.push(bytes);
      this.#heldBytes += bytes.length;
    }
    // Behind a part as long as that, no other is received before somebody asks: Bun gives half a megabyte at once.
    if (Math.max(this.#heldBytes, bytes.length) < MAX_HELD_BYTES || this.#isPaused) return;
    this.#isPaused = true;
    this.#host?.pause();
  };

  /** All of the answer came. */
  finish(): void {
    if (!this.#end("whole")) return;
    this.#waiting?.resolve(null);
    this.#waiting = undefined;
  }

  /** No more of the answer comes. */
  fail(error: unknown): void {
    if (!this.#end("broken")) return;
    this.#failure = error;
    // Whoever has the answer already is not told by this.
    this.#reject(error);
    this.#waiting?.reject(error);
    this.#waiting = undefined;
  }

  readonly read = (): Promise<Uint8Array | null> => {
    const piece = this.#pieces.shift();
    if (piece !== undefined) {
      this.#heldBytes -= piece.length;
      return Promise.resolve(piece);
    }
    if (this.#state === "whole") return Promise.resolve(null);
    if (this.#state === "broken") return Promise.reject(this.#failure);
    if (this.#isPaused) {
      this.#isPaused = false;
      this.#host?.resume();
    }
    return new Promise((resolve, reject) => (this.#waiting = { resolve, reject }));
  };

  readonly cancel = (): void => {
    this.#pieces = [];
    if (!this.#end("whole")) return;
    this.#waiting?.resolve(null);
    this.#waiting = undefined;
    this.#host?.destroy();
  };

  /** Answers whether this is its end; it has one. */
  #end(state: "whole" | "broken"): boolean {
    if (this.#state !== "open") return false;
    this.#state = state;
    this.#forget?.();
    return true;
  }
}
