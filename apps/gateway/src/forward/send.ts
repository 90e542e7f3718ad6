import type { BodySource, ClaudeFetch, Header } from "@claude-on-aws/fetch";

/** A request on its way to an upstream. */
export interface SentRequest {
  readonly method: string;
  /** Path and query, as the service knows them. */
  readonly target: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array | ReadableStream<Uint8Array<ArrayBuffer>> | null;
  /** Aborted when the client is gone. */
  readonly signal: AbortSignal;
}

/** An answer of an upstream, as soon as its head is there. */
export interface UpstreamAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: readonly Header[];
  /** Null where there is none. */
  readonly body: BodySource | null;
}

/**
 * Sends a request through a `fetch` that knows where to, and how to sign.
 *
 * @param fetch The `fetch`.
 * @param request The request.
 * @returns The answer. It throws what `fetch` throws.
 */
export const send = (fetch: ClaudeFetch, request: SentRequest): Promise<UpstreamAnswer> => fetch.exchange(request);

/**
 * Finds a header.
 *
 * @param headers The headers, names in lower case.
 * @param name Its name, in lower case.
 * @returns The value of the first one of that name; null where there is none.
 */
export function findHeader(headers: readonly Header[], name: string): string | null {
  for (const header of headers) if (header[0] === name) return header[1];
  return null;
}
