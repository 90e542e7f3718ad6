import type { Exchange, WireReply } from "../exchange.ts";

/** An exchange as a rule sees it: complete, with what the same client sent before. */
export interface JudgedExchange {
  /** Its body is cut to what the journal keeps; `input` is not kept. */
  readonly exchange: Omit<Exchange, "input">;
  /** Length of the whole body in bytes. */
  readonly bodyBytes: number;
  /** Top-level fields of the body, and the kinds of their values, as far as the body was JSON. */
  readonly reply: Pick<WireReply, "status" | "headers">;
  /** Name of the client, from its user agent. */
  readonly client: string;
  /** The same client's exchange of which this one is a retry. */
  readonly retryOf: JudgedExchange | undefined;
}
