import { FrameReader } from "../event-stream/frame-reader.ts";
import type { EventStreamLimits } from "../event-stream/event-stream-limits.ts";
import type { EventStreamHeaders } from "../event-stream/event-stream-message.ts";
import { SseDecoder } from "../sse/sse-decoder.ts";
import { withPartialMessage } from "../streams/read-source.ts";
import type { ClaudeEvent } from "./claude-event.ts";
import type { ClaudeMessage } from "./claude-message.ts";
import { CHUNK_PREFIX } from "./bedrock-chunk.ts";
import { ConverseDecoder, isConverseEventType } from "./converse-decoder.ts";
import { Base64TextDecoder } from "./decode-base64-text.ts";
import { MAX_MESSAGE_LENGTH, MessageAccumulator } from "./message-accumulator.ts";
import {
  findPlainBase64,
  kindOf,
  malformed,
  type MessageKind,
  notBase64,
  parseChunkBase64,
  parseEvent,
  parsePayload,
  tryParsePayload,
} from "./read-chunk.ts";
import { errorFromEvent, errorFromMessage } from "./service-error.ts";
import { truncatedError } from "./truncated-error.ts";

/** How a stream is framed: `event-stream` on Bedrock's runtime, `sse` everywhere else. */
export type ClaudeFraming = "event-stream" | "sse";

/** Options for {@link ClaudeEventDecoder}. */
export interface ClaudeEventDecoderOptions extends EventStreamLimits {
  /** How the bytes are framed. */
  readonly framing: ClaudeFraming;
  /**
   * Longest server-sent event that is held, in UTF-16 code units.
   *
   * @default {25_165_824} 24 Mi
   */
  readonly maxEventLength?: number | undefined;
  /**
   * Longest message that is kept for `partialMessage`, in UTF-16 code units of what its blocks and deltas bring. Beyond it
   * events are still given, but an error has no `partialMessage`.
   *
   * @default {8_388_608} some two million tokens
   */
  readonly maxMessageLength?: number | undefined;
  /**
   * ID of a message that comes from Converse, which sends none.
   *
   * @default {""}
   */
  readonly messageId?: string | undefined;
  /**
   * Model of a message that comes from Converse, which sends none.
   *
   * @default {""}
   */
  readonly model?: string | undefined;
}

/** Takes an event, and the JSON text from which it was read; `undefined` where there was no such text, as with Converse. */
export type OnClaudeEvent = (event: ClaudeEvent, json: string | undefined) => void;

/**
 * Finds Claude's events in the bytes of a response, whatever its framing and however it is cut: server-sent events
 * of the Messages API, `chunk` messages of Bedrock's InvokeModelWithResponseStream, and the messages of
 * ConverseStream. Synchronous: each event is handed over before `feed` returns.
 *
 * A stream that does not reach its `message_stop` is an error, which holds what had arrived of the message.
 *
 * @example Usage
 * ```ts
 * import { ClaudeEventDecoder } from "@claude-on-aws/streaming/claude";
 * import { equal, throws } from "node:assert/strict";
 *
 * const types: string[] = [];
 * const decoder = new ClaudeEventDecoder(({ type }) => types.push(type), { framing: "sse" });
 * decoder.feed(new TextEncoder().encode('event: ping\ndata: {"type":"ping"}\n\n'));
 *
 * equal(types[0], "ping");
 * throws(() => decoder.end(), { code: "STREAM_TRUNCATED" });
 * ```
 *
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/streaming | Streaming messages}
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ResponseStream.html | ResponseStream}
 */
export class ClaudeEventDecoder {
  readonly #onEvent: OnClaudeEvent;
  readonly #framing: { feed(bytes: Uint8Array): void; end(): void };
  readonly #accumulator: MessageAccumulator;
  readonly #base64 = new Base64TextDecoder();
  readonly #converse: ConverseDecoder;
  #headers: EventStreamHeaders | undefined;
  #kind: MessageKind = "other";

  /**
   * @param onEvent Called with each event, in order. What it throws comes out of `feed`, and ends the decoder.
   * @param options The framing, and limits.
   */
  constructor(onEvent: OnClaudeEvent, options: ClaudeEventDecoderOptions) {
    const { framing, maxEventLength, maxMessageLength = MAX_MESSAGE_LENGTH, messageId = "", model = "" } = options;
    this.#onEvent = onEvent;
    this.#accumulator = new MessageAccumulator(maxMessageLength);
    this.#converse = new ConverseDecoder((event) => this.#emit(event, undefined), { messageId, model });
    this.#framing =
      framing === "sse"
        ? new SseDecoder(({ data }) => this.#readJson(data), { maxEventLength })
        : new FrameReader((headers, bytes, start, end) => this.#readMessage(headers, bytes, start, end), options);
  }

  /** What has arrived of the message; `undefined` before its start, and where it outgrew `maxMessageLength`. */
  get partialMessage(): ClaudeMessage | undefined {
    return this.#accumulator.message();
  }

  /** Whether `message_stop` has come. */
  get isStopped(): boolean {
    return this.#accumulator.isStopped;
  }

  /**
   * Takes the next bytes.
   *
   * @param bytes Any number of bytes.
   * @throws {StreamError} `STREAM_EXCEPTION` where the service sent an exception or error; `EVENT_MALFORMED`,
   * `EVENT_ORDER`; the errors of `EventStreamDecoder.feed` or `SseDecoder.feed`. Once thrown, each further call throws
   * it again.
   */
  feed(bytes: Uint8Array): void {
    try {
      this.#framing.feed(bytes);
    } catch (error) {
      throw withPartialMessage(error, this.#accumulator.message());
    }
  }

  /**
   * Says that no more bytes will come.
   *
   * @throws {StreamError} `FRAME_TRUNCATED` or `SSE_TRUNCATED` where they ended inside an event, `STREAM_TRUNCATED`
   * where they ended before `message_stop`; or what `feed` threw.
   */
  end(): void {
    try {
      this.#framing.end();
      if (!this.#accumulator.isStopped) throw truncatedError();
    } catch (error) {
      throw withPartialMessage(error, this.#accumulator.message());
    }
  }

  #readMessage(headers: EventStreamHeaders, bytes: Uint8Array, start: number, end: number): void {
    // Headers that repeat are the same object.
    if (headers !== this.#headers) {
      this.#headers = headers;
      this.#kind = kindOf(headers);
    }
    if (this.#kind === "chunk") this.#readJson(this.#chunkText(bytes, start, end));
    else if (this.#kind === "error") throw errorFromMessage(headers, tryParsePayload(bytes, start, end));
    else this.#readConverse(headers[":event-type"]?.value, bytes, start, end);
  }

  #readConverse(eventType: unknown, bytes: Uint8Array, start: number, end: number): void {
    if (!isConverseEventType(eventType)) return;
    const payload = parsePayload(bytes, start, end);
    if (typeof payload !== "object" || payload === null)
      throw malformed("a payload that is not an object", "an object");
    this.#converse.decode(eventType, payload as Readonly<Record<string, unknown>>);
  }

  #chunkText(bytes: Uint8Array, start: number, end: number): string {
    const to = findPlainBase64(bytes, start, end);
    // A digit may be escaped, which only JSON.parse should undo; an escape is not a digit, so that nothing is decoded here.
    const text = to < 0 ? undefined : this.#base64.decode(bytes, start + CHUNK_PREFIX.length, to);
    if (text !== undefined) return text;
    const encoded = parseChunkBase64(bytes, start, end);
    return this.#base64.decode(encoded, 0, encoded.length) ?? notBase64();
  }

  #readJson(json: string): void {
    const event = parseEvent(json);
    if (event !== undefined) this.#emit(event, json);
  }

  #emit(event: ClaudeEvent, json: string | undefined): void {
    if (event.type === "error") throw errorFromEvent(event);
    this.#accumulator.add(event);
    this.#onEvent(event, json);
  }
}
