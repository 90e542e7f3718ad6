import type { EventStreamHeaders } from "../event-stream/event-stream-message.ts";
import { StreamError } from "../stream-error.ts";
import { CHUNK_PREFIX } from "./bedrock-chunk.ts";
import type { ClaudeEvent } from "./claude-event.ts";

/** What a message is, by its headers: an event of InvokeModelWithResponseStream, an exception, or what is for others to read. */
export type MessageKind = "chunk" | "error" | "other";

/** Finds out what a message is. */
export function kindOf(headers: EventStreamHeaders): MessageKind {
  const messageType = headers[":message-type"]?.value;
  if (messageType === "exception" || messageType === "error") return "error";
  return headers[":event-type"]?.value === "chunk" ? "chunk" : "other";
}

/** Makes the error for what does not hold what it should. */
export const malformed = (found: string, expected: string, cause?: unknown): StreamError =>
  new StreamError(
    "EVENT_MALFORMED",
    `Cannot read event: found ${found}, expected ${expected}`,
    cause === undefined ? {} : { cause },
  );

/** Refuses a chunk's Base64. */
export function notBase64(): never {
  throw malformed('a chunk whose "bytes" are not Base64 of UTF-8', "Base64 with its padding");
}

const QUOTE = 0x22;
const CLOSING_BRACE = 0x7d;

/**
 * Finds the Base64 of a chunk whose payload begins with it, as Bedrock's do: right behind {@link CHUNK_PREFIX}.
 *
 * @param bytes Bytes that hold the payload.
 * @param start Index of its first byte.
 * @param end Index after its last byte.
 * @returns Index after the last byte of the Base64; -1 where the payload is written otherwise.
 */
export function findPlainBase64(bytes: Uint8Array, start: number, end: number): number {
  const from = start + CHUNK_PREFIX.length;
  if (end <= from || bytes[end - 1] !== CLOSING_BRACE) return -1;
  for (let index = 0; index < CHUNK_PREFIX.length; index++) {
    if (bytes[start + index] !== CHUNK_PREFIX[index]) return -1;
  }
  const to = bytes.indexOf(QUOTE, from);
  return to >= end ? -1 : to;
}

/** Reads the Base64 of any chunk, as bytes. */
export function parseChunkBase64(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const payload = parsePayload(bytes, start, end);
  const base64 = typeof payload === "object" && payload !== null ? (payload as { bytes?: unknown }).bytes : undefined;
  if (typeof base64 !== "string")
    throw malformed("a chunk whose payload has no bytes", 'an object with a string as its "bytes"');
  return new TextEncoder().encode(base64);
}

/** Reads a payload as JSON. */
export function parsePayload(bytes: Uint8Array, start: number, end: number): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(start, end)));
  } catch (cause) {
    throw malformed("a payload that is not JSON", "JSON in UTF-8", cause);
  }
}

/** Reads a payload as JSON; `undefined` where it is not JSON. */
export function tryParsePayload(bytes: Uint8Array, start: number, end: number): unknown {
  try {
    return parsePayload(bytes, start, end);
  } catch {
    return undefined;
  }
}

/** Reads an event; `undefined` where it has no type. Gateways send such objects to keep a connection open; Anthropic's clients ignore them too. */
export function parseEvent(json: string): ClaudeEvent | undefined {
  let event: unknown;
  try {
    event = JSON.parse(json);
  } catch (cause) {
    throw malformed(`${json.length} characters that are not JSON`, "a JSON object", cause);
  }
  if (typeof event !== "object" || event === null)
    throw malformed("JSON that is not an object", "an object with a type");
  return typeof (event as { type?: unknown }).type === "string" ? (event as ClaudeEvent) : undefined;
}
