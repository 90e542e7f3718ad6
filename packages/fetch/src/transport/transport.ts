import type { StopSignal } from "../send/stop.ts";
import type { Header } from "../header.ts";

/** A request as it is sent. */
export interface TransportRequest {
  readonly method: string;
  /** Not to be written to: requests to one place share it. */
  readonly url: URL;
  /** All of them but `host` and what says how long the body is. Names are in lower case, each there once. */
  readonly headers: readonly Header[];
  readonly body: Uint8Array | ReadableStream<Uint8Array> | null;
  /**
   * Ends the exchange wherever it is; what waits then fails with its reason. It is made when it is asked for, and not copied along:
   * whoever sends a changed copy on writes `{ ...request, signal: request.signal }`.
   */
  readonly signal: AbortSignal;
  /** The same for who can do without an `AbortSignal`, which is made when it is asked for. */
  readonly stop: StopSignal;
  /** Told when the connection stands, or an earlier one is used; at once where the runtime does not tell. */
  readonly onConnect: () => void;
}

/** An answer's body, read part by part. Nothing is read ahead but what the runtime has received already. */
export interface BodySource {
  /**
   * Gives the next bytes. It is not called again before it has answered.
   *
   * @returns The bytes; null where the body has ended, whole.
   * @throws What broke it off: the reason of the signal, or an error of the runtime.
   */
  readonly read: () => Promise<Uint8Array | null>;
  /** Lets the rest go; the connection may be closed. */
  readonly cancel: () => void;
}

/** An answer, as soon as its head is there. */
export interface TransportAnswer {
  readonly status: number;
  /** `Headers`, or names and values as they came. */
  readonly headers: Iterable<Header>;
  /** Null where there is none. */
  readonly body: BodySource | null;
}

/** Sends requests and follows no redirect. */
export interface Transport {
  readonly send: (request: TransportRequest) => Promise<TransportAnswer>;
}
