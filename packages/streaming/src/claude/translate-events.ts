import { ClaudeEventDecoder } from "./claude-event-decoder.ts";
import type { ClaudeErrorEvent, ClaudeEvent } from "./claude-event.ts";
import { readerOf } from "./decode-claude-events.ts";
import { eventFromError } from "./service-error.ts";
import type { TranslateOptions } from "./translate-options.ts";
import { type ResponseTranslation, translateResponse } from "./translate-response.ts";

/** What the events become. */
export interface EventTranslation extends Omit<ResponseTranslation, "makeReader"> {
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
export function translateEvents(
  response: Response,
  { from, headers, encode, encodeError }: EventTranslation,
  { idleTimeoutMs, pingIntervalMs, timers, onError, ...options }: TranslateOptions,
): Response {
  const requestId = response.headers.get("x-amzn-requestid");
  const makeReader: ResponseTranslation["makeReader"] = (enqueue) => {
    let parts: Uint8Array[] = [];
    const flush = (): void => {
      if (parts.length > 0) enqueue(parts.length === 1 ? parts[0]! : concatenate(parts));
      parts = [];
    };
    const decoder = new ClaudeEventDecoder((event, json) => parts.push(encode(event, json ?? JSON.stringify(event))), {
      ...(requestId !== null && { messageId: `msg_${requestId}` }),
      ...options,
      framing: from,
    });
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
  };
  return translateResponse(response, { from, headers, makeReader }, { idleTimeoutMs, pingIntervalMs, timers });
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
