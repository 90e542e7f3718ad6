import { Buffer } from "node:buffer";
import type { Socket } from "node:net";
import { byteLength, join } from "../body/gather.ts";
import type { Http1Socket, Sent, SocketListener } from "./socket.ts";
import { writeTogether } from "./write-together.ts";

/**
 * Up to which length bytes are copied to stand in one write with the text around them; what is longer goes out in one system
 * call all the same, without being copied where it is one part. To copy costs less on Bun whatever the length, and on Deno never.
 */
const JOINED_BYTES: number = "Bun" in globalThis ? 65_536 : "Deno" in globalThis ? 0 : 8_192;

/** A socket of `node:net` or `node:tls`. */
export class NodeSocket implements Http1Socket {
  readonly #socket: Socket;
  readonly #tcp: () => Socket;

  /** @param tcp What the socket stands on, where that is another one. */
  constructor(socket: Socket, tcp: () => Socket = () => socket) {
    this.#socket = socket;
    this.#tcp = tcp;
  }

  get peerAddress(): string | undefined {
    return this.#socket.remoteAddress;
  }

  listen(listener: SocketListener): void {
    const closed = (): void => listener.closed();
    this.#socket
      .on("data", (chunk: Buffer) => listener.received(chunk))
      .on("end", () => listener.receivedEnd())
      .on("drain", () => listener.drained())
      .on("error", closed)
      .on("close", closed);
  }

  send(before: string, parts: readonly Uint8Array[], after: string, sent: Sent | undefined): boolean {
    const socket = this.#socket;
    const length = byteLength(parts);
    if (length === 0) return socket.write(before + after, "latin1", sent);
    if (length <= JOINED_BYTES) {
      const together = Buffer.allocUnsafe(before.length + length + after.length);
      writeTogether(together, before, parts, after);
      return socket.write(together, sent);
    }
    socket.cork();
    if (before !== "") socket.write(before, "latin1");
    let isTaken = socket.write(join(parts, length), after === "" ? sent : undefined);
    if (after !== "") isTaken = socket.write(after, "latin1", sent);
    socket.uncork();
    return isTaken;
  }

  end(sent: Sent): void {
    this.#socket.end(sent);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  reset(): void {
    this.#tcp().resetAndDestroy();
    this.#socket.destroy();
  }
}
