import { encodeMessage } from "@claude-on-aws/streaming/event-stream";
import { crc32 } from "./crc32.ts";

/** Length fields and their checksum before the headers, and the checksum of all behind the payload. */
const PRELUDE_BYTES = 12;
const CHECKSUM_BYTES = 4;

/** The headers of a chunk, cut out of a message without a payload. */
const HEADERS: Uint8Array = encodeMessage({
  headers: {
    ":event-type": { type: "string", value: "chunk" },
    ":content-type": { type: "string", value: "application/json" },
    ":message-type": { type: "string", value: "event" },
  },
  payload: new Uint8Array(),
}).slice(PRELUDE_BYTES, -CHECKSUM_BYTES);

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

const FRAME_BYTES = PRELUDE_BYTES + HEADERS.length + CHECKSUM_BYTES;
const BEFORE = ascii('{"bytes":"');
const BETWEEN = ascii('","p":"');
const AFTER = ascii('"}');
const WRAPPER_BYTES = BEFORE.length + BETWEEN.length + AFTER.length;
const DIGITS = ascii("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
const EQUALS = 0x3d;

/** Bedrock pads a chunk so that its length does not betray the token: any letters, up to this many. */
const PADDING_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** Padding of the chunk at a place in its stream. */
export const paddingAt = (index: number): string => PADDING_LETTERS.slice(0, paddingLength(index));

const paddingLength = (index: number): number => 2 + ((index * 17) % (PADDING_LETTERS.length - 2));

const PADDING = ascii(PADDING_LETTERS);

const utf8 = new TextEncoder();

/**
 * Encodes the events of a whole stream as `chunk` messages, into one buffer: byte for byte what `encodeClaudeEvent` gives
 * for each, without a buffer for each.
 *
 * @param events JSON of each event.
 * @param firstIndex Place of the first one in its stream, which says how it is padded.
 */
export function encodeChunks(events: readonly string[], firstIndex = 0): Uint8Array {
  const all = events.join("");
  const source = utf8.encode(all);
  const isAscii = source.length === all.length;
  const lengths = events.map((json) => (isAscii ? json.length : Buffer.byteLength(json)));
  const target = new Uint8Array(
    lengths.reduce((sum, length, index) => sum + messageLength(length, firstIndex + index), 0),
  );
  let [from, at] = [0, 0];
  for (let index = 0; index < lengths.length; index++) {
    const length = lengths[index] ?? 0;
    writeChunk(target, at, source, from, length, firstIndex + index);
    from += length;
    at += messageLength(length, firstIndex + index);
  }
  return target;
}

/** Length of a message whose event is so many bytes: three of them are four digits of Base64. */
const messageLength = (length: number, index: number): number =>
  FRAME_BYTES + WRAPPER_BYTES + Math.ceil(length / 3) * 4 + paddingLength(index);

function writeChunk(
  target: Uint8Array,
  start: number,
  source: Uint8Array,
  from: number,
  length: number,
  index: number,
): void {
  const bytes = messageLength(length, index);
  writeUint32(target, start, bytes);
  writeUint32(target, start + 4, HEADERS.length);
  writeUint32(target, start + 8, crc32(target, start, start + 8));
  let at = write(target, start + PRELUDE_BYTES, HEADERS, HEADERS.length);
  at = write(target, at, BEFORE, BEFORE.length);
  at = writeBase64(target, at, source, from, from + length);
  at = write(target, at, BETWEEN, BETWEEN.length);
  at = write(target, at, PADDING, paddingLength(index));
  at = write(target, at, AFTER, AFTER.length);
  writeUint32(target, at, crc32(target, start, at));
}

/** Copies the beginning of something short: a loop is faster than a view and a copy. Returns the place behind it. */
function write(target: Uint8Array, at: number, source: Uint8Array, length: number): number {
  for (let index = 0; index < length; index++) target[at + index] = source[index]!;
  return at + length;
}

function writeUint32(target: Uint8Array, at: number, value: number): void {
  target[at] = value >>> 24;
  target[at + 1] = value >>> 16;
  target[at + 2] = value >>> 8;
  target[at + 3] = value;
}

/** Returns the place behind the digits. */
function writeBase64(target: Uint8Array, start: number, source: Uint8Array, from: number, end: number): number {
  let at = start;
  let index = from;
  for (; index + 2 < end; index += 3) {
    const three = (source[index]! << 16) | (source[index + 1]! << 8) | source[index + 2]!;
    target[at++] = DIGITS[three >>> 18]!;
    target[at++] = DIGITS[(three >>> 12) & 63]!;
    target[at++] = DIGITS[(three >>> 6) & 63]!;
    target[at++] = DIGITS[three & 63]!;
  }
  if (index === end) return at;
  const second = index + 1 < end ? source[index + 1]! : 0;
  const rest = (source[index]! << 16) | (second << 8);
  target[at++] = DIGITS[rest >>> 18]!;
  target[at++] = DIGITS[(rest >>> 12) & 63]!;
  target[at++] = index + 1 < end ? DIGITS[(rest >>> 6) & 63]! : EQUALS;
  target[at++] = EQUALS;
  return at;
}
