import type { Buffer } from "node:buffer";

/** Told what becomes of a socket. */
export interface SocketListener {
  /** It stands. */
  readonly connected: () => void;
  /** Bytes came; they may be written over. */
  readonly received: (bytes: Buffer) => void;
  /** The service sends no more. */
  readonly ended: () => void;
  /** It is closed, or was never open; with the error that says why, where there is one. */
  readonly closed: (error: Error | undefined) => void;
}

/** A socket to a service, which is connecting at first. */
export interface ByteSocket {
  /** Whether something that was written is still to go out. */
  readonly isSending: boolean;
  /**
   * Sends a request; not before it stands, and not before the one before has gone out.
   *
   * @param head Its head, one character a byte.
   * @param body Its body, which is not written to until it has gone out; null where there is none.
   */
  readonly write: (head: string, body: Uint8Array | null) => void;
  /** Receives nothing more until {@link ByteSocket.resume}: the service waits. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Keeps the process alive, as it does from its beginning. */
  readonly ref: () => void;
  /** Keeps it no more. */
  readonly unref: () => void;
  /** Closes it. */
  readonly destroy: () => void;
}

/** Opens a socket. */
export type OpenSocket = (listener: SocketListener) => ByteSocket;

/** How long a connection is silent before the operating system asks whether the other end is still there, in milliseconds. */
export const KEEP_ALIVE_MS = 1_000;
