import { Buffer } from "node:buffer";
import { byteLength, join } from "../body/gather.ts";
import type { Http1Socket, Sent, SocketListener } from "../http1/socket.ts";
import { writeTogether } from "../http1/write-together.ts";

/** What is used of a socket of Bun's own. */
export interface RawBunSocket {
  data: BunSocket;
  /** The address at the other end; another value where it is closed. */
  readonly remoteAddress: unknown;
  /** Answers how many bytes were taken, and keeps none; -1 where the socket takes none any more. */
  write(bytes: Uint8Array, byteOffset: number, byteLength: number): number;
  /** Sends no more, and goes on receiving. */
  shutdown(): void;
  end(): void;
  /** Ends it with RST. */
  terminate(): void;
  pause(): void;
  resume(): void;
  setNoDelay(noDelay: boolean): boolean;
}

/** Bytes that were not taken yet. */
interface Waiting {
  readonly bytes: Uint8Array;
  readonly sent: Sent | undefined;
}

/** Where bytes and the text around them are put together: what is not taken of it at once is copied. */
const DESK: Buffer = /* @__PURE__ */ Buffer.allocUnsafeSlow(131_072);

/**
 * A socket of `Bun.listen`: it costs less than one of `node:net` on Bun, which are streams.
 *
 * @see {@link https://bun.sh/docs/api/tcp | Bun.listen}
 */
export class BunSocket implements Http1Socket {
  readonly #raw: RawBunSocket;
  readonly #waiting: Waiting[] = [];
  #listener: SocketListener | undefined;
  #whenEnded: Sent | undefined;

  constructor(raw: RawBunSocket) {
    this.#raw = raw;
  }

  get peerAddress(): string | undefined {
    const { remoteAddress } = this.#raw;
    return typeof remoteAddress === "string" && remoteAddress !== "" ? remoteAddress : undefined;
  }

  listen(listener: SocketListener): void {
    this.#listener = listener;
  }

  send(before: string, parts: readonly Uint8Array[], after: string, sent: Sent | undefined): boolean {
    const length = before.length + byteLength(parts) + after.length;
    if (length > DESK.length) {
      this.#write(Buffer.from(before, "latin1"), undefined);
      this.#write(join(parts), undefined);
      this.#write(Buffer.from(after, "latin1"), sent);
      return this.#waiting.length === 0;
    }
    writeTogether(DESK, before, parts, after);
    const taken = this.#waiting.length === 0 ? this.#take(DESK, length) : 0;
    if (taken === length) {
      sent?.();
      return true;
    }
    this.#waiting.push({ bytes: Buffer.from(DESK.subarray(taken, length)), sent });
    return false;
  }

  end(sent: Sent): void {
    if (this.#waiting.length > 0) {
      this.#whenEnded = sent;
      return;
    }
    this.#raw.shutdown();
    sent();
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

  reset(): void {
    this.#raw.terminate();
  }

  /** Bytes came. */
  received(chunk: Buffer): void {
    this.#listener?.received(chunk);
  }

  /** The client sends no more. */
  receivedEnd(): void {
    this.#listener?.receivedEnd();
  }

  /** The operating system takes more. */
  drained(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const taken = this.#take(next.bytes, next.bytes.length);
      if (taken < next.bytes.length) {
        this.#waiting[0] = { bytes: next.bytes.subarray(taken), sent: next.sent };
        return;
      }
      this.#waiting.shift();
      next.sent?.();
    }
    const whenEnded = this.#whenEnded;
    this.#whenEnded = undefined;
    if (whenEnded !== undefined) this.end(whenEnded);
    this.#listener?.drained();
  }

  /** It is closed. */
  closed(): void {
    this.#listener?.closed();
  }

  /** Sends bytes as they are, after what waits. */
  #write(bytes: Uint8Array, sent: Sent | undefined): void {
    const taken = this.#waiting.length === 0 ? this.#take(bytes, bytes.length) : 0;
    if (this.#waiting.length === 0 && taken === bytes.length) sent?.();
    else this.#waiting.push({ bytes: bytes.subarray(taken), sent });
  }

  /** How many bytes the operating system takes of the first `length`. */
  #take(bytes: Uint8Array, length: number): number {
    const taken = this.#raw.write(bytes, 0, length);
    if (taken >= 0) return taken;
    // Of a client that left while it was not listened to nothing else tells.
    queueMicrotask(() => {
      this.destroy();
      this.closed();
    });
    return 0;
  }
}
