import { FrameReader } from "../event-stream/frame-reader.ts";
import type { EventStreamLimits } from "../event-stream/event-stream-limits.ts";
import type { EventStreamHeaders } from "../event-stream/event-stream-message.ts";
import { formatSseEvent } from "../sse/format-sse-event.ts";
import { CHUNK_PREFIX } from "./bedrock-chunk.ts";
import type { ClaudeErrorEvent } from "./claude-event.ts";
import { base64Length, decodeBase64, HAS_CONTROL, NOT_ASCII, NOT_BASE64 } from "./decode-base64.ts";
import { EventLeads } from "./event-lead.ts";
import {
  findPlainBase64,
  kindOf,
  type MessageKind,
  notBase64,
  parseChunkBase64,
  parseEvent,
  tryParsePayload,
} from "./read-chunk.ts";
import { errorFromEvent, errorFromMessage } from "./service-error.ts";
import { truncatedError } from "./truncated-error.ts";

const LINE_FEED = 0x0a;
const CLOSING_BRACE = 0x7d;

/**
 * Writes the chunks of InvokeModelWithResponseStream as server-sent events: the Base64 of each is decoded to where it is sent
 * from. What is written in any other way than Bedrock writes it is parsed, and says the same.
 */
export class ChunkRelay {
  readonly #enqueue: (bytes: Uint8Array) => void;
  readonly #frames: FrameReader;
  readonly #leads = new EventLeads();
  readonly #utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  #headers: EventStreamHeaders | undefined;
  #kind: MessageKind = "other";
  /** What is made of the bytes that are being read. */
  #written = new Uint8Array(0);
  #length = 0;
  /** Bytes of which that is made: an event in the form of Bedrock is never longer than its frame. */
  #expected = 0;
  #isStopped = false;

  /**
   * @param enqueue Given the events of each number of bytes, together.
   * @param limits How large a message may be.
   */
  constructor(enqueue: (bytes: Uint8Array) => void, limits: EventStreamLimits) {
    this.#enqueue = enqueue;
    this.#frames = new FrameReader((headers, bytes, start, end) => this.#read(headers, bytes, start, end), limits);
  }

  /**
   * Takes the next bytes.
   *
   * @param bytes Any number of bytes.
   * @throws {StreamError} `STREAM_EXCEPTION` where the service sent an exception or error; `EVENT_MALFORMED`; the errors of
   * `EventStreamDecoder.feed`. What came before is handed over first.
   */
  feed(bytes: Uint8Array): void {
    this.#expected = bytes.length + this.#frames.bufferedBytes;
    try {
      this.#frames.feed(bytes);
    } finally {
      if (this.#length > 0) this.#enqueue(this.#written.subarray(0, this.#length));
      this.#written = new Uint8Array(0);
      this.#length = 0;
    }
  }

  /**
   * Says that no more bytes will come.
   *
   * @throws {StreamError} `FRAME_TRUNCATED`, or `STREAM_TRUNCATED` where they ended before `message_stop`.
   */
  end(): void {
    this.#frames.end();
    if (!this.#isStopped) throw truncatedError();
  }

  #read(headers: EventStreamHeaders, bytes: Uint8Array, start: number, end: number): void {
    // Headers that repeat are the same object.
    if (headers !== this.#headers) {
      this.#headers = headers;
      this.#kind = kindOf(headers);
    }
    if (this.#kind === "error") throw errorFromMessage(headers, tryParsePayload(bytes, start, end));
    if (this.#kind !== "chunk") return;
    const to = findPlainBase64(bytes, start, end);
    if (to < 0 || !this.#writeBase64(bytes, start + CHUNK_PREFIX.length, to)) this.#writeOther(bytes, start, end);
  }

  /** Decodes to behind the lead of the event before: most are of the same type. False where it has to be parsed. */
  #writeBase64(bytes: Uint8Array, start: number, end: number): boolean {
    const length = base64Length(bytes, start, end);
    const latest = this.#leads.latest.sse.length;
    this.#reserve(latest + length + 2);
    const from = this.#length + latest;
    const found = decodeBase64(bytes, start, end, this.#written, from);
    if (found === NOT_BASE64 || (found & HAS_CONTROL) !== 0) return false;
    const lead = this.#leads.find(this.#written, from, from + length);
    if (lead === undefined || this.#written[from + length - 1] !== CLOSING_BRACE) return false;
    if ((found & NOT_ASCII) !== 0 && !this.#isUtf8(from, from + length)) return false;
    this.#reserve(lead.sse.length + length + 2);
    const at = this.#length + lead.sse.length;
    if (at !== from) this.#written.copyWithin(at, from, from + length);
    this.#written.set(lead.sse, this.#length);
    this.#written[at + length] = LINE_FEED;
    this.#written[at + length + 1] = LINE_FEED;
    this.#length = at + length + 2;
    if (lead.type === "message_stop") this.#isStopped = true;
    return true;
  }

  #writeOther(bytes: Uint8Array, start: number, end: number): void {
    const base64 = parseChunkBase64(bytes, start, end);
    const json = this.#decode(base64) ?? notBase64();
    const event = parseEvent(json);
    if (event === undefined) return;
    const { type } = event;
    if (type === "error") throw errorFromEvent(event as ClaudeErrorEvent);
    const text = new TextEncoder().encode(formatSseEvent({ event: type, data: json }));
    this.#reserve(text.length);
    this.#written.set(text, this.#length);
    this.#length += text.length;
    if (type === "message_stop") this.#isStopped = true;
  }

  #decode(base64: Uint8Array): string | undefined {
    const decoded = new Uint8Array((base64.length / 4) * 3);
    if (decodeBase64(base64, 0, base64.length, decoded, 0) === NOT_BASE64) return undefined;
    try {
      return this.#utf8.decode(decoded.subarray(0, base64Length(base64, 0, base64.length)));
    } catch {
      return undefined;
    }
  }

  #isUtf8(start: number, end: number): boolean {
    try {
      this.#utf8.decode(this.#written.subarray(start, end));
      return true;
    } catch {
      return false;
    }
  }

  #reserve(bytes: number): void {
    const length = this.#length + bytes;
    if (length <= this.#written.length) return;
    const larger = new Uint8Array(Math.max(length, this.#expected, 2 * this.#written.length));
    larger.set(this.#written.subarray(0, this.#length));
    this.#written = larger;
  }
}
