import type { FetchError } from "../fetch-error.ts";
import { CARRIAGE_RETURN, findLineBreak, LINE_FEED } from "./line-breaks.ts";

/** An error that takes the place of the end that a message's stream lacks. */
export interface StreamFailure {
  /** Stable name of what went wrong, in capitals. */
  readonly code: string;
  /** Error type of the Messages API. */
  readonly type: "api_error" | "timeout_error";
  readonly message: string;
}

/** Says of an error how a stream ends with it. */
export const failureOf = ({ code, message }: FetchError): StreamFailure => ({
  type: code.endsWith("_TIMEOUT") ? "timeout_error" : "api_error",
  code,
  message,
});

/** The lines that say that a stream has said all: the message is whole, or the service says why it is not. */
const LAST_EVENTS = /^event: ?(?:message_stop|error)$/;

/** No longer line is one of these. */
const LONGEST_LAST_EVENT = "event: message_stop".length;

/** Longest unfinished event that is held back, in bytes: a longer one is passed on in parts. */
const MAX_HELD_BYTES = 64 * 1024;

const utf8 = /* @__PURE__ */ new TextEncoder();

/**
 * Watches the server-sent events of a message go by, and sees to it that they have an end: a stream that breaks off says so in an
 * `error` event. The bytes are passed on as they came, in whole events, so that what is added stands behind the last whole one.
 */
export class MessageStreamGuard {
  /** The beginning of the unfinished line. */
  readonly #line = new Uint8Array(LONGEST_LAST_EVENT);
  #lineLength = 0;
  #isBehindReturn = false;
  /** Whether the latest line break ended an event. */
  #isBehindEvent = false;
  #isLastEvent = false;
  #isWhole = false;
  /** Bytes of the unfinished event that were not passed on. */
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  /** Whether a part of the unfinished event was passed on, because it was too long. */
  #hasPassedPart = false;

  /**
   * Takes the next bytes.
   *
   * @param bytes What came.
   * @param pass Given what is passed on, in order; it is not copied.
   */
  feed(bytes: Uint8Array, pass: (bytes: Uint8Array) => void): void {
    const boundary = this.#findBoundary(bytes);
    if (boundary > 0) {
      this.#passHeld(pass);
      pass(boundary === bytes.length ? bytes : bytes.subarray(0, boundary));
      this.#hasPassedPart = false;
    }
    if (boundary === bytes.length) return;
    const rest = boundary === 0 ? bytes : bytes.subarray(boundary);
    this.#held.push(rest);
    this.#heldBytes += rest.length;
    if (this.#heldBytes <= MAX_HELD_BYTES) return;
    this.#passHeld(pass);
    this.#hasPassedPart = true;
  }

  /** Whether the stream has said all that it says. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /**
   * Ends a stream that is not whole. What was held back is let go: a client would drop an event without its end.
   *
   * @param failure What broke it off.
   * @returns The bytes to send before the end.
   */
  fail({ code, type, message }: StreamFailure): Uint8Array {
    const data = JSON.stringify({ type: "error", error: { type, code, message } });
    return utf8.encode(`${this.#hasPassedPart ? "\n\n" : ""}event: error\ndata: ${data}\n\n`);
  }

  #passHeld(pass: (bytes: Uint8Array) => void): void {
    for (const bytes of this.#held) pass(bytes);
    this.#held = [];
    this.#heldBytes = 0;
  }

  /** Where the last event that ends in these bytes ends; 0 where none does. */
  #findBoundary(bytes: Uint8Array): number {
    let boundary = 0;
    for (let at = 0; ; at += 1) {
      const end = findLineBreak(bytes, at);
      if (end > at) this.#takeText(bytes, at, end);
      if (end === bytes.length) return boundary;
      at = end;
      if (this.#takeBreak(bytes[end])) boundary = end + 1;
    }
  }

  /** Takes a part of a line. What is too long to say anything is not looked at. */
  #takeText(bytes: Uint8Array, start: number, end: number): void {
    this.#isBehindReturn = false;
    const isPassedOver = end - start > LONGEST_LAST_EVENT && end < bytes.length;
    const kept = isPassedOver ? 0 : Math.min(LONGEST_LAST_EVENT - this.#lineLength, end - start);
    for (let at = 0; at < kept; at += 1) this.#line[this.#lineLength + at] = bytes[start + at] ?? 0;
    this.#lineLength += end - start;
  }

  /** Takes the end of a line; answers whether it is that of an event too. */
  #takeBreak(byte: number | undefined): boolean {
    const isSecondHalf = byte === LINE_FEED && this.#isBehindReturn;
    this.#isBehindReturn = byte === CARRIAGE_RETURN;
    if (isSecondHalf) return this.#isBehindEvent;
    this.#isBehindEvent = this.#lineLength === 0;
    if (this.#isBehindEvent) {
      if (this.#isLastEvent) this.#isWhole = true;
      this.#isLastEvent = false;
    } else if (this.#lineLength <= LONGEST_LAST_EVENT) this.#readLine();
    this.#lineLength = 0;
    return this.#isBehindEvent;
  }

  #readLine(): void {
    const line = String.fromCharCode(...this.#line.subarray(0, this.#lineLength));
    if (line.startsWith("event")) this.#isLastEvent = LAST_EVENTS.test(line);
  }
}
