import type { BodySource } from "./transport/transport.ts";
import type { Header } from "./header.ts";
import type { Refusal, Translation } from "./translate/translation.ts";

/** A request of a client of the Messages API, as who relays it has received it. */
export interface ExchangeRequest {
  /** The method, such as `POST`. */
  readonly method: string;
  /** Path and query as they were received, such as `/v1/messages?beta=true`; without a fragment. */
  readonly target: string;
  /**
   * Names in any case, a name as often as it came. Those of the client's connection and of its authentication are not for the
   * service, and are left out.
   */
  readonly headers: readonly Header[];
  /** Bytes, a stream, or null where there is none. Bytes are not copied, and must not change before the answer is there. */
  readonly body: Uint8Array | ReadableStream<Uint8Array> | null;
  /**
   * Ends the exchange wherever it is.
   *
   * @default {null}
   */
  readonly signal?: AbortSignal | null | undefined;
  /**
   * What is done about redirects, as `fetch` calls it.
   *
   * @default {"follow"}
   */
  readonly redirect?: RequestRedirect | undefined;
}

/** What was answered to an {@link ExchangeRequest}. */
export interface ExchangeAnswer {
  /** HTTP status. */
  readonly status: number;
  /** Names in lower case, a name as often as it came; none of the connection. */
  readonly headers: readonly Header[];
  /** The body, which has to be read to its end or cancelled; null where there is none. */
  readonly body: BodySource | null;
  /** The provider that was asked, as `@claude-on-aws/env` calls it; null where none was found. */
  readonly provider: string | null;
  /** The model that the service was asked for; null where the request names none. */
  readonly model: string | null;
  /** The URL that was asked for first; null where nothing was sent. */
  readonly url: string | null;
  /** Every change between what the client asked for and what was sent. */
  readonly translations: readonly Translation[];
  /** Why nothing was sent, of which the answer is made; null where something was. */
  readonly refusal: Refusal | null;
}
