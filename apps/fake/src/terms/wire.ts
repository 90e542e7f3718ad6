import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import type { Cut, ExchangeEnd } from "@claude-on-aws/listen";

/** A request as the fake received it. */
export interface ReceivedRequest extends WireRequest {
  /**
   * `received`: every byte is as the client sent it. `reconstructed`: made from
   * a WHATWG `Request`, which keeps neither raw path nor order, case and
   * duplicates of headers.
   */
  readonly wire: "received" | "reconstructed";
  /** The path of the base URL under which it was asked, such as `/claude`; `target` begins behind it. */
  readonly basePath?: string;
  /** Lower-case hexadecimal SHA-256 of the body, where that is not at hand; `body` is empty then, or its beginning. */
  readonly bodySha256?: string;
  /** Set where a body was sent that is not at hand at all, nor its hash: of a request that was recorded without it. */
  readonly bodyMissing?: true;
  /** Set where nobody else holds the bytes of `body`, nor will change them: the journal may keep them as they are then. */
  readonly bodyIsUnshared?: true;
  /**
   * Set by whoever sends the reply and does nothing else with it: a stream that is written at once may come in parts then, of
   * which other replies have some, too.
   */
  readonly takesParts?: true;
  /** How long the body is, where `body` is its beginning alone. */
  readonly bodyBytes?: number;
  /** Set where it came over TLS. */
  readonly secure?: true;
  /** Set where the body was longer than what the fake reads; `body` is empty then. */
  readonly bodyTooLarge?: true;
  /** Set beside that where it is not too long in itself: the server holds as many bytes of other bodies as it may. */
  readonly bodyHasNoRoom?: true;
  /** The signal that is aborted when its client has left; asked for only where an answer has to wait. */
  readonly clientSignal?: () => AbortSignal;
  /**
   * Whether the cause of a wrong signature may be looked for, of a request with so long a body: a server, which answers
   * strangers, has a limit. Absent, it always may.
   */
  readonly mayDiagnose?: (now: Date, bodyBytes: number) => boolean;
}

/** What goes back over the wire. */
export interface WireReply {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The whole body, or its pieces in the order in which they are sent. */
  readonly body: Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  /** How it is broken off, where a scenario asks for that. */
  readonly cut?: Cut | undefined;
  /** Whoever sends it tells here, once, how that ended; the journal shows it. */
  readonly onEnd?: ((end: ExchangeEnd) => void) | undefined;
}
