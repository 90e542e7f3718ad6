import type { Buffer } from "node:buffer";

/** What hears of a socket. */
export interface SocketListener {
  received(chunk: Buffer): void;
  /** The client sends no more. */
  receivedEnd(): void;
  /** The client has taken what was sent. */
  drained(): void;
  /** The socket is closed, or useless. */
  closed(): void;
}

/** Told when the operating system has what was sent, or why it has not. */
export type Sent = (error?: Error | null) => void;

/** What a connection of HTTP/1.1 needs of a socket, whatever runtime it is of. */
export interface Http1Socket {
  /** The address at the other end; `undefined` where it is closed. */
  readonly peerAddress: string | undefined;
  /** Begins to receive. Once. */
  listen(listener: SocketListener): void;
  /**
   * Sends bytes, in their parts, and the text before and after them, one character a byte. The array is not kept; the bytes may
   * be until they are sent.
   *
   * @returns Whether the client takes more; otherwise it is told when it does.
   */
  send(before: string, parts: readonly Uint8Array[], after: string, sent: Sent | undefined): boolean;
  /** Sends no more after what was sent, and goes on receiving. */
  end(sent: Sent): void;
  pause(): void;
  resume(): void;
  destroy(): void;
  /** Ends it as if this side had died; what was sent and not taken yet is lost. */
  reset(): void;
}
