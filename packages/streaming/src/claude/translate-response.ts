import { readSource, type ReadSourceOptions, type SourceReader } from "../streams/read-source.ts";
import type { ClaudeFraming } from "./claude-event-decoder.ts";
import { framingOf } from "./content-type.ts";

/** What a response becomes. */
export interface ResponseTranslation {
  /** Framing of the source. */
  readonly from: ClaudeFraming;
  /** Headers of the result, written over those of the source; `null` removes one. */
  readonly headers: (headers: Headers) => Readonly<Record<string, string | null>>;
  /** Makes what reads the source, and hands what it makes of it to `enqueue`. */
  readonly makeReader: (enqueue: (bytes: Uint8Array) => void) => SourceReader<Uint8Array>;
}

/**
 * Translates a response as it comes.
 *
 * @param response The response.
 * @param translation What it becomes.
 * @param options Pings towards the client, how long the source may be silent.
 * @returns The translated response; `response` itself where it is in another framing, or in none, such as an error.
 */
export function translateResponse(
  response: Response,
  { from, headers, makeReader }: ResponseTranslation,
  options: ReadSourceOptions,
): Response {
  const framing = framingOf(response);
  if (response.body === null || (framing === null ? !response.ok : framing !== from)) return response;
  const body = readSource(response.body, makeReader, options);
  const result = new Headers(response.headers);
  result.delete("content-length");
  // The body that fetch gives is already decoded.
  result.delete("content-encoding");
  for (const [name, value] of Object.entries(headers(response.headers))) {
    if (value === null) result.delete(name);
    else result.set(name, value);
  }
  return new Response(body as ReadableStream<Uint8Array<ArrayBuffer>>, {
    status: response.status,
    statusText: response.statusText,
    headers: result,
  });
}
