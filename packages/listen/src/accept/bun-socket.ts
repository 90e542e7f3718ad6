import { Buffer } from "node:buffer";
import type { Http1Socket } from "../http1/socket.ts";

/** What is used of a socket of Bun's own. */
export interface RawBunSocket {
  data: BunSocket;
  /** Answers how many bytes were taken; -1 where the socket takes none any more. */
  write(bytes: Uint8Array): number;
  /** Sends no more, and goes on receiving. */
  shutdown(): void;
  end(): void;
  pause(): void;
  resume(): void;
  setNoDelay(noDelay: boolean): boolean;
}

/** Bytes that Bun did not take yet. */
interface Waiting {
  readonly bytes: Uint8Array;
  readonly done: ((error?: Error | null) => void) | undefined;
}

/**
 * A socket of `Bun.listen` for a connection of HTTP/1.1: it costs less than one of `node:net` on Bun, which are streams.
 *
 * @see {@link https://bun.sh/docs/api/tcp | Bun.listen}
 */
export class BunSocket implements Http1Socket {
  readonly #raw: RawBunSocket;
  readonly #waiting: Waiting[] = [];
  #whenEnded: (() => void) | undefined;
  #onData: (chunk: Buffer) => void = () => {};
  #onEnd: () => void = () => {};
  #onDrain: () => void = () => {};
  #onClose: () => void = () => {};

  constructor(raw: RawBunSocket) {
    this.#raw = raw;
  }

  on(event: "data", listener: (chunk: Buffer) => void): void;
  on(event: "end" | "drain" | "error" | "close", listener: () => void): void;
  on(event: "data" | "end" | "drain" | "error" | "close", listener: (chunk: Buffer) => void): void {
    // There is one listener for each; an error is followed by a close.
    if (event === "data") this.#onData = listener;
    else if (event === "end") this.#onEnd = listener as () => void;
    else if (event === "drain") this.#onDrain = listener as () => void;
    else if (event === "close") this.#onClose = listener as () => void;
  }

  write(bytes: Uint8Array, done?: (error?: Error | null) => void): boolean;
  write(text: string, encoding: "latin1", done?: (error?: Error | null) => void): boolean;
  write(
    data: Uint8Array | string,
    encodingOrDone?: "latin1" | ((error?: Error | null) => void),
    last?: (error?: Error | null) => void,
  ): boolean {
    const bytes = typeof data === "string" ? Buffer.from(data, "latin1") : data;
    const done = typeof encodingOrDone === "function" ? encodingOrDone : last;
    if (this.#waiting.length === 0) {
      const taken = this.#raw.write(bytes);
      if (taken === bytes.length) {
        done?.();
        return true;
      }
      this.#keep(bytes, taken, done);
    } else {
      this.#waiting.push({ bytes, done });
    }
    return false;
  }

  cork(): void {}

  uncork(): void {}

  end(done: () => void): void {
    if (this.#waiting.length > 0) {
      this.#whenEnded = done;
      return;
    }
    this.#raw.shutdown();
    done();
  }

  pause(): void {
    this.#raw.pause();
  }

  resume(): void {
    this.#raw.resume();
  }

  destroy(): void {
    this.#raw.end();
  }

  /** Bytes came. */
  received(chunk: Buffer): void {
    this.#onData(chunk);
  }

  /** The client sends no more. */
  receivedEnd(): void {
    this.#onEnd();
  }

  /** The operating system takes more. */
  drained(): void {
    if (!this.#flush()) return;
    const whenEnded = this.#whenEnded;
    this.#whenEnded = undefined;
    if (whenEnded !== undefined) this.end(whenEnded);
    this.#onDrain();
  }

  /** Writes what waits; answers whether nothing does any more. */
  #flush(): boolean {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      const taken = this.#raw.write(next.bytes);
      if (taken < next.bytes.length) {
        this.#keep(next.bytes, taken, next.done);
        return false;
      }
      next.done?.();
    }
    return true;
  }

  /** Keeps what was not taken. */
  #keep(bytes: Uint8Array, taken: number, done: Waiting["done"]): void {
    this.#waiting.unshift({ bytes: bytes.subarray(Math.max(taken, 0)), done });
    // Of a client that left while it was not listened to nothing else tells.
    if (taken < 0) queueMicrotask(() => this.#lose());
  }

  #lose(): void {
    this.#waiting.length = 0;
    this.destroy();
    this.#onClose();
  }

  /** It is closed. */
  closed(): void {
    this.#onClose();
  }
}
