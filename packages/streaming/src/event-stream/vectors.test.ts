import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { CORRUPT_VECTORS, VALID_VECTORS } from "../../test/read-vectors.ts";
import { cutAtRandom, Random } from "../../test/random.ts";
import { decodeMessage, encodeMessage, EventStreamDecoder, type EventStreamMessage } from "./index.ts";

/** What a decoder makes of chunks, up to the error that it ends with. */
function decode(chunks: readonly Uint8Array[]): { messages: EventStreamMessage[]; error: unknown } {
  const messages: EventStreamMessage[] = [];
  const decoder = new EventStreamDecoder((message) => messages.push(message));
  try {
    for (const chunk of chunks) decoder.feed(chunk);
    decoder.end();
  } catch (error) {
    return { messages, error };
  }
  return { messages, error: undefined };
}

/** An expectation for each of thousands of cuts took longer than all decoding. */
const isRead = (chunks: readonly Uint8Array[], expected: ReturnType<typeof decode>): boolean =>
  isDeepStrictEqual(decode(chunks), expected);

/** Places at which to cut: all, or of long bytes the first and last ones and some between. */
function places(length: number): number[] {
  const all = Array.from({ length: length + 1 }, (_, at) => at);
  return length <= 1024 ? all : all.filter((at) => at < 150 || at > length - 20 || at % 4999 === 0);
}

describe("encodeMessage()", () => {
  test.each(VALID_VECTORS)("writes the bytes that smithy writes for $name", ({ message, bytes }) => {
    expect(encodeMessage(message)).toEqual(bytes);
  });

  test.each(VALID_VECTORS)("writes the same bytes again for $name", ({ message, bytes }) => {
    encodeMessage(message);
    expect(encodeMessage({ ...message, headers: { ...message.headers } })).toEqual(bytes);
  });
});

describe("decodeMessage()", () => {
  test.each(VALID_VECTORS)("reads $name", ({ message, bytes }) => {
    expect(decodeMessage(bytes)).toEqual(message);
  });

  test.each(VALID_VECTORS)("reads $name from the middle of a buffer", ({ message, bytes }) => {
    const buffer = new Uint8Array(bytes.length + 7).fill(0xff);
    buffer.set(bytes, 3);
    expect(decodeMessage(buffer.subarray(3, 3 + bytes.length))).toEqual(message);
  });

  test.each(CORRUPT_VECTORS.filter(({ bytes }) => bytes.length >= 16 || bytes.length < 12))(
    "refuses $name",
    ({ code, bytes }) => {
      expect(() => decodeMessage(bytes)).toThrow(expect.objectContaining({ name: "StreamError", code }));
    },
  );

  test("decodeMessage() refuses bytes after the message", () => {
    const bytes = new Uint8Array(VALID_VECTORS[1]!.bytes.length + 1);
    bytes.set(VALID_VECTORS[1]!.bytes);
    expect(() => decodeMessage(bytes)).toThrow(expect.objectContaining({ code: "FRAME_LENGTH" }));
  });
});

describe("EventStreamDecoder", () => {
  test.each(VALID_VECTORS)("reads $name at every single cut", ({ message, bytes }) => {
    const two = new Uint8Array([...bytes, ...bytes]);
    const read = { messages: [message, message], error: undefined };
    const wrong = places(two.length).filter((at) => !isRead([two.subarray(0, at), two.subarray(at)], read));
    expect(wrong).toEqual([]);
  });

  test.each(VALID_VECTORS)("reads $name one byte at a time", ({ message, bytes }) => {
    expect(decode(Array.from(bytes, (byte) => new Uint8Array([byte])))).toEqual({
      messages: [message],
      error: undefined,
    });
  });

  test("EventStreamDecoder reads all vectors in a row, cut at random", () => {
    const all = new Uint8Array(VALID_VECTORS.flatMap(({ bytes }) => [...bytes]));
    const expected = VALID_VECTORS.map(({ message }) => message);
    const random = new Random(5);
    const read = { messages: expected, error: undefined };
    const rounds = Array.from({ length: 50 }, () => cutAtRandom(all, random.below(200), random));
    expect(rounds.every((chunks) => isRead(chunks, read))).toBe(true);
  });

  test.each(CORRUPT_VECTORS)("refuses $name at every single cut, after the message before it", ({ code, bytes }) => {
    const first = VALID_VECTORS.at(-2)!;
    const two = new Uint8Array([...first.bytes, ...bytes]);
    const refused = { name: "StreamError", code, offset: first.bytes.length };
    const wrong = places(two.length).filter((at) => {
      const { messages, error } = decode([two.subarray(0, at), two.subarray(at)]);
      const { name, code: found, offset } = error as typeof refused;
      return !isDeepStrictEqual([messages, { name, code: found, offset }], [[first.message], refused]);
    });
    expect(wrong).toEqual([]);
  });

  test.each(CORRUPT_VECTORS)("refuses $name one byte at a time", ({ code, bytes }) => {
    expect(decode(Array.from(bytes, (byte) => new Uint8Array([byte])))).toMatchObject({
      messages: [],
      error: { code },
    });
  });
});
