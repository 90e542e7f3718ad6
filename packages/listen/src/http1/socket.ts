import type { Buffer } from "node:buffer";

/** What a connection of HTTP/1.1 needs of a socket; those of `node:net` and `node:tls` have it. */
export interface Http1Socket {
  on(event: "data", listener: (chunk: Buffer) => void): unknown;
  on(event: "end" | "drain" | "error" | "close", listener: () => void): unknown;
  /** Answers whether more may be written; otherwise `drain` says when. `done` is called when the operating system has it. */
  write(bytes: Uint8Array, done?: (error?: Error | null) => void): boolean;
  write(text: string, encoding: "latin1", done?: (error?: Error | null) => void): boolean;
  cork(): void;
  uncork(): void;
  /** Sends no more after what was written; `done` is told when the operating system has it, or why it has not. */
  end(done: (error?: Error | null) => void): unknown;
  pause(): unknown;
  resume(): unknown;
  destroy(): unknown;
}
