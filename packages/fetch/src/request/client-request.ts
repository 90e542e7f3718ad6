import type { Header } from "../header.ts";

/** What a client asked for, in one form. */
export interface ClientRequest {
  /** Upper-case. */
  readonly method: string;
  /** The path of the URL, percent-encoding untouched. */
  readonly pathname: string;
  /** The query with its question mark; empty where there is none. */
  readonly query: string;
  /** Those that are for the service: names in lower case, each once. */
  readonly headers: readonly Header[];
  /** Null where there is none. */
  readonly body: Uint8Array | ReadableStream<Uint8Array> | null;
  readonly redirect: RequestRedirect;
  readonly signal: AbortSignal | null;
}
