import { encodeHeaders } from "../event-stream/encode-headers.ts";
import { MAX_MESSAGE_BYTES } from "../event-stream/event-stream-limits.ts";
import { frameLength } from "../event-stream/frame-length.ts";
import { endFrame, startFrame } from "../event-stream/write-frame.ts";
import { CHUNK_HEADERS, CHUNK_PREFIX } from "./bedrock-chunk.ts";
import { utf8Length } from "./utf8-length.ts";
import { base64Length, writeBase64 } from "./write-base64.ts";

const ENCODER: TextEncoder = /* @__PURE__ */ new TextEncoder();

const HEADERS: Uint8Array = /* @__PURE__ */ encodeHeaders(CHUNK_HEADERS);

/** What stands after the Base64 of an event in a payload that is not padded. */
export const UNPADDED: Uint8Array = /* @__PURE__ */ ENCODER.encode('"}');

/**
 * What stands after the Base64 of an event in a payload that is padded.
 *
 * @param padding The text of the field `p`.
 * @returns The end of the payload.
 */
export const padded = (padding: string): Uint8Array => ENCODER.encode(`","p":${JSON.stringify(padding)}}`);

/** Up to this many units of UTF-16, a new array for a text costs more on Node and Deno than its encoding. */
const MAX_SHORT_LENGTH = 512;

/** Short texts are encoded here; a unit is three bytes at most. */
const SCRATCH: Uint8Array = /* @__PURE__ */ new Uint8Array(3 * MAX_SHORT_LENGTH);

/** Stands between events that are encoded at once, so that the halves of a surrogate pair in two of them do not become a pair. */
const SEPARATOR = ",";

/**
 * Encodes events as `chunk` messages, one after another into one array.
 *
 * @param events The JSON text of each event.
 * @param after What stands after the Base64 of each in its payload: {@link UNPADDED}, or what {@link padded} gives.
 * @returns The bytes of as many messages.
 * @throws {StreamError} `FRAME_TOO_LARGE`.
 */
export function encodeChunks(events: readonly string[], after: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const text = events.join(SEPARATOR);
  const { bytes, length } = encodeText(text);
  const lengths = length === text.length ? events.map((json) => json.length) : utf8Lengths(text, events);
  const target = new Uint8Array(chunksLength(lengths, after));
  let start = 0;
  let from = 0;
  for (let index = 0; index < lengths.length; index++) {
    const eventBytes = lengths[index]!;
    const payloadStart = startFrame(target, start, HEADERS, payloadLength(eventBytes, after[index]!));
    const at = write(target, payloadStart, CHUNK_PREFIX);
    writeBase64(target, at, bytes, from, from + eventBytes);
    start = endFrame(target, start, write(target, at + base64Length(eventBytes), after[index]!));
    from += eventBytes + SEPARATOR.length;
  }
  return target;
}

/** Encodes a text as UTF-8. What is returned has to be read before the next text is encoded. */
function encodeText(text: string): { readonly bytes: Uint8Array; readonly length: number } {
  if (text.length <= MAX_SHORT_LENGTH) return { bytes: SCRATCH, length: ENCODER.encodeInto(text, SCRATCH).written };
  const bytes = ENCODER.encode(text);
  return { bytes, length: bytes.length };
}

/** Lengths in UTF-8 of texts that were joined to one text. */
function utf8Lengths(text: string, texts: readonly string[]): readonly number[] {
  let end = -SEPARATOR.length;
  return texts.map(({ length }) => {
    const start = end + SEPARATOR.length;
    end = start + length;
    return utf8Length(text, start, end);
  });
}

/** Length of all messages, from the lengths of their events in bytes. */
function chunksLength(lengths: readonly number[], after: readonly Uint8Array[]): number {
  let sum = 0;
  for (let index = 0; index < lengths.length; index++) {
    sum += frameLength(HEADERS.length, payloadLength(lengths[index]!, after[index]!), MAX_MESSAGE_BYTES);
  }
  return sum;
}

const payloadLength = (eventBytes: number, after: Uint8Array): number =>
  CHUNK_PREFIX.length + base64Length(eventBytes) + after.length;

/** Copies a few bytes, for which a loop is at least as fast as `set`; returns the index after them. */
function write(target: Uint8Array, at: number, source: Uint8Array): number {
  for (let index = 0; index < source.length; index++) target[at + index] = source[index]!;
  return at + source.length;
}
