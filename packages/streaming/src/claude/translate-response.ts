import { readSource } from "../streams/read-source.ts";
import { ClaudeEventDecoder, type ClaudeFraming } from "./claude-event-decoder.ts";
import type { ClaudeErrorEvent, ClaudeEvent } from "./claude-event.ts";
import { CONTENT_TYPES, framingOf } from "./content-type.ts";
import { readerOf } from "./decode-claude-events.ts";
import { eventFromError } from "./service-error.ts";
import type { TranslateOptions } from "./translate-options.ts";

/** What the events become. */
export interface Translation {
  /** Framing of the source. */
  readonly from: ClaudeFraming;
  /** Headers of the result, written over those of the source; `null` removes one. */
  readonly headers: (headers: Headers) => Readonly<Record<string, string | null>>;
  /** Writes an event; `json` is the text from which it was read. */
  readonly encode: (event: ClaudeEvent, json: string) => Uint8Array;
  /** Writes that the stream broke off. */
  readonly encodeError: (event: ClaudeErrorEvent) => Uint8Array;
}

/**
 * Translates a response event by event.
 *
 * @param response The response.
 * @param translation What the events become.
 * @param options Limits, pings towards the client, how long the source may be silent.
 * @returns The translated response; `response` itself where it is in another framing, or in none, such as an error.
 */
export function translateResponse(
  response: Response,
  { from, headers, encode, encodeError }: Translation,
  { idleTimeoutMs, pingIntervalMs, timers, onError, ...options }: TranslateOptions,
): Response {
  const framing = framingOf(response);
  if (response.body === null || (framing === null ? !response.ok : framing !== from)) return response;
  const requestId = response.headers.get("x-amzn-requestid");
  const body = readSource<Uint8Array>(
    response.body,
    (enqueue) => {
      let parts: Uint8Array[] = [];
      const flush = (): void => {
        if (parts.length > 0) enqueue(parts.length === 1 ? parts[0]! : concatenate(parts));
        parts = [];
      };
      const decoder = new ClaudeEventDecoder(
        (event, json) => parts.push(encode(event, json ?? JSON.stringify(event))),
        { ...(requestId !== null && { messageId: `msg_${requestId}` }), ...options, framing: from },
      );
      return readerOf(decoder, {
        feed(bytes) {
          try {
            decoder.feed(bytes);
          } finally {
            flush();
          }
        },
        fail(error) {
          onError?.(error);
          return encodeError(eventFromError(error));
        },
        ping: () => encode({ type: "ping" }, '{"type":"ping"}'),
      });
    },
    { idleTimeoutMs, pingIntervalMs, timers },
  );
  const result = new Headers(response.headers);
  result.delete("content-length");
  // The body that fetch gives is already decoded.
  result.delete("content-encoding");
  for (const [name, value] of Object.entries(headers(response.headers))) {
    if (value === null) result.delete(name);
    else result.set(name, value);
  }
  return new Response(body, { status: response.status, statusText: response.statusText, headers: result });
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/**
 * Finds the media type of a framing.
 *
 * @param framing The framing.
 * @returns Its content type.
 */
export const contentTypeOf = (framing: ClaudeFraming): string => CONTENT_TYPES[framing];
