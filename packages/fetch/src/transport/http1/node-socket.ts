import type { Socket } from "node:net";
import { type ByteSocket, KEEP_ALIVE_MS, type SocketListener } from "./byte-socket.ts";

/** A body of up to so many bytes is copied to go out in one write with its head. */
const MAX_JOINED_BYTES = 65_536;

const isDeno = "Deno" in globalThis;

/** A socket of `node:net` or `node:tls`. */
export class NodeSocket implements ByteSocket {
  readonly #socket: Socket;
  readonly #allocate: (length: number) => Buffer;
  #error: Error | undefined;

  /**
   * @param socket It is connecting.
   * @param connected The event that tells that it stands.
   * @param allocate Makes a buffer whose bytes are anything.
   * @param listener Told what becomes of it.
   */
  constructor(
    socket: Socket,
    connected: "connect" | "secureConnect",
    allocate: (length: number) => Buffer,
    listener: SocketListener,
  ) {
    this.#socket = socket;
    this.#allocate = allocate;
    socket
      .setNoDelay(true)
      .setKeepAlive(true, KEEP_ALIVE_MS)
      .once(connected, listener.connected)
      .on("data", listener.received)
      .on("end", listener.ended)
      .on("error", (error) => {
        this.#error ??= error;
        listener.closed(this.#error);
      })
      .on("close", () => listener.closed(this.#error));
  }

  get isSending(): boolean {
    return this.#socket.writableLength > 0;
  }

  write(head: string, body: Uint8Array | null): void {
    const socket = this.#socket;
    if (body === null) socket.write(head, "latin1");
    else if (body.length <= MAX_JOINED_BYTES) {
      const joined = this.#allocate(head.length + body.length);
      joined.write(head, 0, "latin1");
      joined.set(body, head.length);
      socket.write(joined);
    } else {
      // In one on Node: the second write would fail where a service has answered to the first, and closed. Deno puts what is corked
      // together, byte for byte.
      if (!isDeno) socket.cork();
      socket.write(head, "latin1");
      socket.write(body);
      if (!isDeno) socket.uncork();
    }
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  ref(): void {
    this.#socket.ref();
  }

  unref(): void {
    this.#socket.unref();
  }

  destroy(): void {
    this.#socket.destroy();
  }
}
