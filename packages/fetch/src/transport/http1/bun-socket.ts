import type { Buffer } from "node:buffer";
import { type ByteSocket, KEEP_ALIVE_MS, type SocketListener } from "./byte-socket.ts";

/** What is used of a socket of Bun's own. */
interface RawSocket {
  /** Answers how many bytes were taken, and keeps none; -1 where the socket takes none any more. */
  write(bytes: Uint8Array, byteOffset: number, byteLength: number): number;
  pause(): void;
  resume(): void;
  ref(): void;
  unref(): void;
  end(): void;
  setNoDelay(noDelay: boolean): boolean;
  setKeepAlive(enable: boolean, initialDelayMs: number): boolean;
}

/** `Bun.connect`, as far as it is used. */
export type BunConnect = (options: {
  readonly hostname: string;
  readonly port: number;
  readonly allowHalfOpen: boolean;
  readonly socket: {
    readonly open: (socket: RawSocket) => void;
    readonly data: (socket: RawSocket, bytes: Buffer) => void;
    readonly end: (socket: RawSocket) => void;
    readonly drain: (socket: RawSocket) => void;
    readonly close: (socket: RawSocket, error?: Error) => void;
    readonly error: (socket: RawSocket, error: Error) => void;
    readonly connectError: (socket: RawSocket, error: Error) => void;
  };
}) => Promise<unknown>;

/** A body that is no longer goes out in one write with its head. */
const DESK_BYTES = 131_072;

/**
 * A socket of `Bun.connect`: one of `node:net` is a stream on top of it, and costs as much again. While it connects, it cannot be closed
 * (Bun 1.4): a process that has given up on a host which never answers ends only when the operating system gives up as well.
 *
 * @see {@link https://bun.sh/docs/api/tcp | Bun.connect}
 */
export class BunSocket implements ByteSocket {
  /** Where head and body are put together, for all sockets: what is not taken of it at once is copied. */
  static #desk: Buffer | undefined;
  readonly #allocate: (length: number) => Buffer;
  readonly #waiting: Uint8Array[] = [];
  #raw: RawSocket | undefined;
  #isDestroyed = false;
  #error: Error | undefined;

  /**
   * @param connect `Bun.connect`.
   * @param place Where to.
   * @param allocate Makes a buffer whose bytes are anything.
   * @param listener Told what becomes of it.
   */
  constructor(
    connect: BunConnect,
    { hostname, port }: { readonly hostname: string; readonly port: number },
    allocate: (length: number) => Buffer,
    listener: SocketListener,
  ) {
    this.#allocate = allocate;
    const closed = (error?: Error): void => {
      this.#raw = undefined;
      this.#waiting.length = 0;
      listener.closed(this.#error ?? error);
    };
    connect({
      hostname,
      port,
      // Otherwise the end of what the service sends would be told as that of the connection.
      allowHalfOpen: true,
      socket: {
        open: (raw) => {
          if (this.#isDestroyed) return raw.end();
          this.#raw = raw;
          raw.setNoDelay(true);
          raw.setKeepAlive(true, KEEP_ALIVE_MS);
          listener.connected();
        },
        data: (_, bytes) => listener.received(bytes),
        end: () => listener.ended(),
        drain: () => this.#drained(),
        close: (_, error) => closed(error),
        error: (_, error) => (this.#error ??= error),
        // The promise says it too, and never before there is a socket to speak of: this is called at once where there is no route.
        connectError: () => {},
      },
    }).catch((error: Error) => closed(error));
  }

  get isSending(): boolean {
    return this.#waiting.length > 0;
  }

  write(head: string, body: Uint8Array | null): void {
    const desk = this.#deskFor(head);
    const length = head.length + (body?.length ?? 0);
    desk.write(head, 0, "latin1");
    if (length > desk.length || body === null) {
      this.#send(desk, head.length, true);
      if (body !== null) this.#send(body, body.length, false);
    } else {
      desk.set(body, head.length);
      this.#send(desk, length, true);
    }
  }

  pause(): void {
    this.#raw?.pause();
  }

  resume(): void {
    this.#raw?.resume();
  }

  ref(): void {
    this.#raw?.ref();
  }

  unref(): void {
    this.#raw?.unref();
  }

  destroy(): void {
    this.#isDestroyed = true;
    this.#raw?.end();
  }

  #deskFor({ length }: string): Buffer {
    if (length > DESK_BYTES) return this.#allocate(length);
    return (BunSocket.#desk ??= this.#allocate(DESK_BYTES));
  }

  /** Sends the first `length` bytes; those that must be kept are copied where the next request is written over them. */
  #send(bytes: Uint8Array, length: number, isDesk: boolean): void {
    const taken = this.#waiting.length > 0 ? 0 : this.#take(bytes, length);
    if (taken === length) return;
    const rest = bytes.subarray(taken, length);
    this.#waiting.push(isDesk ? new Uint8Array(rest) : rest);
  }

  #drained(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const taken = this.#take(next, next.length);
      if (taken < next.length) {
        this.#waiting[0] = next.subarray(taken);
        return;
      }
      this.#waiting.shift();
    }
  }

  /** How many bytes the operating system takes of the first `length`. */
  #take(bytes: Uint8Array, length: number): number {
    const taken = this.#raw?.write(bytes, 0, length) ?? 0;
    if (taken >= 0) return taken;
    // The end of a connection that was not listened to is told by nothing else.
    queueMicrotask(() => this.destroy());
    return 0;
  }
}
