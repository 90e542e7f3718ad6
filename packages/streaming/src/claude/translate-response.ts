import { readSource } from "../streams/read-source.ts";
import { ClaudeEventDecoder, type ClaudeFraming } from "./claude-event-decoder.ts";
import type { ClaudeErrorEvent, ClaudeEvent } from "./claude-event.ts";
import { CONTENT_TYPES, framingOf } from "./content-type.ts";
import { readerOf } from "./decode-claude-events.ts";
import { eventFromError } from "./service-error.ts";
import type { TranslateOptions } from "./translate-options.ts";

/** What becomes of the events. */
export interface Translation {
  readonly from: ClaudeFraming;
  /** Headers of the result, written over those of the answer; `null` takes one away. */
  readonly headers: (headers: Headers) => Readonly<Record<string, string | null>>;
  /** Says an event; `json` is the text it was read from. */
  readonly encode: (event: ClaudeEvent, json: string) => Uint8Array;
  /** Says that the stream broke off. */
  readonly encodeError: (event: ClaudeErrorEvent) => Uint8Array;
}

/**
 * Translates an answer event by event. An answer that is in no event framing is given back as it is, such as an
 * error.
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
  // A body that fetch gives is decoded already.
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

/** Media type of a framing. */
export const contentTypeOf = (framing: ClaudeFraming): string => CONTENT_TYPES[framing];
