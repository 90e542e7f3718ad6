import type { ExchangeEnd } from "./exchange-end.ts";

/** The head of a request, exactly as it was received. */
export interface RequestHead {
  readonly method: string;
  /** What stood in the request line or in `:path`, untouched: dots, encoding, and the absolute form that proxies get. */
  readonly target: string;
  /** Names and values in the order and case sent, repeated ones too; of HTTP/2 the pseudo-headers as well. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** `1.0`, `1.1` or `2.0`. */
  readonly httpVersion: string;
  /** Set where it came over TLS. */
  readonly secure?: true;
}

/** What belongs to a request beside its head. Nothing of it costs anything until it is used. */
export interface IncomingRequest {
  /** Bytes that the body has, 0 where there is none; `undefined` where the client does not say so beforehand. */
  readonly contentLength: number | undefined;
  /**
   * The address at the other end of the connection, as the operating system writes it: `192.0.2.7`, `::1`, or, where the server
   * listens on every address, `::ffff:192.0.2.7`. It is that of what stands in front, where something does. `undefined` where the
   * connection is closed already.
   */
  readonly peerAddress: string | undefined;
  /**
   * Reads the body to its end. Nobody else holds its bytes, nor changes them.
   *
   * @param maxBytes The most that is kept.
   * @returns The body; `undefined` where there is more. The rest is taken in and thrown away then, within limits.
   * @throws {ListenError} `CLIENT_LEFT`, `TIMED_OUT`, `BODY_MALFORMED` or `CLOSED` where the body ends before it is whole,
   * `NO_ROOM` where the server holds as many bytes of bodies as it may, `BODY_TAKEN` where it was read before.
   */
  read(maxBytes: number): Promise<Uint8Array | undefined>;
  /**
   * The body piece by piece. What nobody takes is not received: the client waits.
   *
   * It fails with a `ListenError` as {@link IncomingRequest.read} does, and with `ANSWERED` where the reply is over first.
   */
  readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Is aborted when the exchange ends before its reply was handed over whole; the reason is a `ListenError`. */
  readonly signal: AbortSignal;
}

/**
 * How a reply is broken off.
 *
 * @example A reply that is half of what it says
 * ```ts
 * import { listen } from "@claude-on-aws/listen";
 * import { rejects } from "node:assert/strict";
 *
 * const server = await listen(() => ({
 *   status: 200,
 *   headers: [["content-length", "10"]],
 *   body: new TextEncoder().encode("12345"),
 *   cut: { by: "close", after: "body" },
 * }));
 *
 * await rejects(fetch(server.url).then((answer) => answer.text()));
 * await server.close();
 * ```
 */
export interface Cut {
  /**
   * `close` ends the connection as a server does that is shut down, `reset` as one does that died: with RST, which Deno has
   * none of in TLS; it closes there. On HTTP/2 either ends the stream alone, with RST_STREAM.
   */
  readonly by: "close" | "reset";
  /**
   * What goes out before: `nothing`, not even the head; or the `body` with all that it holds, however long it says that it
   * is, and without its end. As much as the client takes; what it has not read may be lost to it with a reset.
   */
  readonly after: "nothing" | "body";
}

/** What goes back over the wire. */
export interface Reply {
  /** From 200 to 999. */
  readonly status: number;
  /**
   * In the order in which they are sent. Those that belong to a connection (`connection`, `transfer-encoding`, `keep-alive`,
   * `upgrade`, `proxy-connection`) are left out; `connection: close` is heeded.
   */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /**
   * Bytes are sent with their length. Pieces are sent as they come, each asked for when the client has taken what was
   * before; those that are ready at once go out together. An iterator is told by `return()` when nobody needs the rest.
   */
  readonly body: Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  /**
   * Breaks the reply off on purpose, so that a client can be tested by it; a reply that has no body has no end to lack.
   *
   * @default {the reply is whole}
   */
  readonly cut?: Cut | undefined;
  /** Is told once how the exchange ended. */
  readonly onEnd?: ((end: ExchangeEnd) => void) | undefined;
}

/** Answers a request. It may decide on the head alone, and leave the body where it is. */
export type Handler = (head: RequestHead, request: IncomingRequest) => Reply | Promise<Reply>;
