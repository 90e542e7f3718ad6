import { StreamError } from "../stream-error.ts";

/** A server-sent event to be written. */
export interface SseEventFields {
  /** Its type, without line breaks. Left out, a client takes `message`. */
  readonly event?: string | undefined;
  /** What it carries; each line becomes a `data` field of its own. */
  readonly data: string;
  /** Its id, without line breaks and U+0000. */
  readonly id?: string | undefined;
  /** How long a client should wait before it connects again, in milliseconds. */
  readonly retry?: number | undefined;
}

const LINE_BREAK = /\r\n|\r|\n/;
const LINE_BREAKS = /\r\n|\r|\n/g;

function checkField(name: "event" | "id", value: string): string {
  const found = LINE_BREAK.test(value) ? "a line break" : name === "id" && value.includes("\0") ? "U+0000" : undefined;
  if (found !== undefined) {
    throw new StreamError(
      "SSE_FIELD",
      `Cannot format server-sent event: found ${found} in its ${name} ${JSON.stringify(value)}, expected one line of text`,
    );
  }
  return `${name}: ${value}\n`;
}

/**
 * Writes one server-sent event, with the empty line that ends it. Fields stand in the order of the Messages
 * API, `event` before `data`; lines end in a line feed.
 *
 * @example Usage
 * ```ts
 * import { formatSseEvent } from "@claude-on-aws/streaming/sse";
 * import { equal } from "node:assert/strict";
 *
 * equal(formatSseEvent({ event: "ping", data: '{"type": "ping"}' }), 'event: ping\ndata: {"type": "ping"}\n\n');
 * equal(formatSseEvent({ data: "two\nlines" }), "data: two\ndata: lines\n\n");
 * ```
 *
 * @param event The event.
 * @returns Its text.
 * @throws {StreamError} `SSE_FIELD` where `event` or `id` holds a line break, `id` holds U+0000, or `retry` is not a
 * whole number of milliseconds.
 *
 * @see {@link https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream | Parsing an event stream}
 */
export function formatSseEvent({ event, data, id, retry }: SseEventFields): string {
  let text = event === undefined ? "" : checkField("event", event);
  text += `data: ${data.includes("\n") || data.includes("\r") ? data.replaceAll(LINE_BREAKS, "\ndata: ") : data}\n`;
  if (id !== undefined) text += checkField("id", id);
  if (retry !== undefined) {
    if (!Number.isSafeInteger(retry) || retry < 0) {
      throw new StreamError(
        "SSE_FIELD",
        `Cannot format server-sent event: found retry ${retry}, expected a whole number of milliseconds`,
      );
    }
    text += `retry: ${retry}\n`;
  }
  return `${text}\n`;
}
