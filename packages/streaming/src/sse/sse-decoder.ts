import { createParser, type EventSourceMessage, type EventSourceParser } from "eventsource-parser";
import { StreamError } from "../stream-error.ts";

/** Longest event that is held, in UTF-16 code units: as many as the largest payload of an event-stream message has bytes. */
export const MAX_EVENT_LENGTH: number = 24 * 1024 * 1024;

/** A server-sent event that was read. */
export interface SseEvent {
  /** Its type; `undefined` where it names none, which a browser calls `message`. */
  readonly event?: string | undefined;
  /** What it carries; several `data` fields are joined with line feeds. */
  readonly data: string;
  /** Its id, where this event sets one. */
  readonly id?: string | undefined;
}

/** Options for {@link SseDecoder}. */
export interface SseDecoderOptions {
  /**
   * Longest unfinished event that is held, in UTF-16 code units.
   *
   * @default {25_165_824} 24 Mi
   */
  readonly maxEventLength?: number | undefined;
  /** Called with the text of each comment, which servers send to keep a connection open. */
  readonly onComment?: ((comment: string) => void) | undefined;
  /** Called with each reconnection time, in milliseconds. */
  readonly onRetry?: ((retry: number) => void) | undefined;
}

const BYTE_ORDER_MARK = "\uFEFF";

/** The fields of which an event is made; `retry` is none of them. */
const EVENT_FIELDS: readonly string[] = ["event", "data", "id"];

/** The longest of them, and the colon behind it. */
const LONGEST_START = 6;

/** Whether an unfinished line is a field of an event, or may have become one. */
function beginsField(line: string): boolean {
  const colon = line.indexOf(":");
  if (colon >= 0) return EVENT_FIELDS.includes(line.slice(0, colon));
  return line !== "" && EVENT_FIELDS.some((field) => field.startsWith(line));
}

/**
 * Finds server-sent events in bytes as they come, however they are cut: also within a character or a line ending.
 * Synchronous: each event is handed over before `feed` returns.
 *
 * @example Usage
 * ```ts
 * import { SseDecoder } from "@claude-on-aws/streaming/sse";
 * import { deepEqual } from "node:assert/strict";
 *
 * const data: string[] = [];
 * const decoder = new SseDecoder((event) => data.push(event.data));
 * decoder.feed(new TextEncoder().encode("data: one\r\ndata: two\r\n\r\n: comment\n\n"));
 * decoder.end();
 *
 * deepEqual(data, ["one\ntwo"]);
 * ```
 *
 * @see {@link https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream | Parsing an event stream}
 */
export class SseDecoder {
  // The parser removes the byte order mark; were one removed here too, a second one would be lost.
  readonly #utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
  readonly #parser: EventSourceParser;
  #isEnding = false;
  #isInEvent = false;
  /** Needed only at the end, to see whether it ends in a line break. */
  #latestText = "";
  /** What the unfinished line begins with: enough to know its field. */
  #lineStart = "";
  #failure: { readonly error: unknown } | undefined;

  /**
   * @param onEvent Called with each event, in order. What it throws comes out of `feed`, and ends the decoder.
   * @param options Limits, and callbacks for what is not an event.
   */
  constructor(
    onEvent: (event: SseEvent) => void,
    { maxEventLength = MAX_EVENT_LENGTH, onComment, onRetry }: SseDecoderOptions = {},
  ) {
    this.#parser = createParser({
      maxBufferSize: maxEventLength,
      // A line that nothing ended is no comment and no retry.
      ...(onComment && { onComment: (comment) => this.#isEnding || onComment(comment) }),
      ...(onRetry && { onRetry: (retry) => this.#isEnding || onRetry(retry) }),
      onEvent: (event: EventSourceMessage) => {
        if (this.#isEnding) this.#isInEvent = event.data !== "" || event.event !== undefined || event.id !== undefined;
        else onEvent(event);
      },
      onError: (error) => {
        if (error.type !== "max-buffer-size-exceeded") return;
        throw new StreamError(
          "SSE_TOO_LARGE",
          `Cannot decode server-sent event: it holds more than ${maxEventLength} UTF-16 code units; set maxEventLength to allow more`,
          { cause: error },
        );
      },
    });
  }

  /**
   * Takes the next bytes.
   *
   * @param bytes Any number of bytes. What is not UTF-8 in them is read as U+FFFD, as the specification demands.
   * @throws {StreamError} `SSE_TOO_LARGE`. Once thrown, each further call throws it again.
   */
  feed(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    // Bytes that end between characters leave nothing to remember, and decoding without that is up to twice as fast.
    const isWithinCharacter = bytes[bytes.length - 1]! > 0x7f;
    const text = isWithinCharacter ? this.#utf8.decode(bytes, { stream: true }) : this.#utf8.decode(bytes);
    this.#feed(text);
  }

  /**
   * Says that no more bytes will come. A browser silently drops an event that lacks the empty line at its end;
   * here it is an error, also where the text ends inside the first field of an event. An unfinished line is never a
   * comment or a reconnection time.
   *
   * @throws {StreamError} `SSE_TRUNCATED` where an event is unfinished; or what `feed` threw.
   */
  end(): void {
    this.#feed(this.#utf8.decode());
    const isInField = beginsField(this.#lineStart);
    this.#isEnding = true;
    // An event of our own: what is dispatched with it was left over.
    this.#feed(/[\r\n]$/.test(this.#latestText) || this.#latestText === "" ? "data\n\n" : "\ndata\n\n");
    this.#isEnding = false;
    if (!this.#isInEvent && !isInField) return;
    const error = new StreamError(
      "SSE_TRUNCATED",
      "Cannot finish server-sent events: the text ended inside an event, expected an empty line after it",
    );
    this.#failure = { error };
    throw error;
  }

  #noteLine(text: string): void {
    const own = this.#latestText === "" && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
    const afterLf = own.slice(own.lastIndexOf("\n") + 1);
    const line = afterLf.slice(afterLf.lastIndexOf("\r") + 1);
    this.#lineStart = (line.length === own.length ? this.#lineStart + line : line).slice(0, LONGEST_START);
  }

  #feed(text: string): void {
    if (this.#failure !== undefined) throw this.#failure.error;
    if (text === "") return;
    this.#noteLine(text);
    this.#latestText = text;
    try {
      this.#parser.feed(text);
    } catch (error) {
      this.#failure = { error };
      throw error;
    }
  }
}
