import { describe, expect, test } from "vitest";
import { Body, settle } from "../../test/bodies.ts";
import { encodeMessageWithin } from "./encode-message.ts";
import {
  decodeMessage,
  encodeMessage,
  EventStreamDecoder,
  EventStreamDecoderStream,
  EventStreamEncoderStream,
  MAX_HEADERS_BYTES,
  MAX_MESSAGE_BYTES,
  type EventStreamMessage,
} from "./index.ts";

const withPayload = (length: number): Uint8Array => encodeMessage({ headers: {}, payload: new Uint8Array(length) });
const text = (value: string): EventStreamMessage => ({
  headers: { name: { type: "string", value } },
  payload: new Uint8Array([1]),
});

/** Twelve bytes that declare lengths, with their checksum. */
function prelude(messageBytes: number, headersBytes: number): Uint8Array {
  const bytes = encodeMessageWithin({ headers: {}, payload: new Uint8Array(0) }, 16, 0).slice(0, 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, messageBytes);
  view.setUint32(4, headersBytes);
  let crc = -1;
  for (const byte of bytes.subarray(0, 8)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  view.setUint32(8, crc ^ -1);
  return bytes;
}

describe("EventStreamDecoder", () => {
  test("EventStreamDecoder takes a message of just maxMessageBytes, and refuses a longer one by its prelude", () => {
    const messages: EventStreamMessage[] = [];
    const decoder = new EventStreamDecoder((message) => messages.push(message), { maxMessageBytes: 100 });
    decoder.feed(withPayload(84));
    expect(messages).toHaveLength(1);
    expect(() => decoder.feed(withPayload(85).subarray(0, 12))).toThrow(
      expect.objectContaining({ code: "FRAME_TOO_LARGE", offset: 100 }),
    );
    expect(() => decodeMessage(withPayload(85), { maxMessageBytes: 100 })).toThrow(
      expect.objectContaining({ code: "FRAME_TOO_LARGE" }),
    );
  });

  test("EventStreamDecoder takes headers of just maxHeadersBytes, and refuses longer ones by their prelude", () => {
    const decoder = new EventStreamDecoder(() => undefined, { maxHeadersBytes: 10 });
    decoder.feed(encodeMessage(text("ab")));
    expect(() => decoder.feed(encodeMessage(text("abc")).subarray(0, 12))).toThrow(
      expect.objectContaining({ code: "HEADERS_TOO_LARGE" }),
    );
  });

  test("EventStreamDecoder has the limits of AWS by default", () => {
    expect(MAX_MESSAGE_BYTES).toBe(24 * 1024 * 1024 + 128 * 1024 + 16);
    const feed = (messageBytes: number, headersBytes: number) => () =>
      new EventStreamDecoder(() => undefined).feed(prelude(messageBytes, headersBytes));
    expect(feed(MAX_MESSAGE_BYTES, MAX_HEADERS_BYTES)).not.toThrow();
    expect(feed(MAX_MESSAGE_BYTES + 1, 0)).toThrow(expect.objectContaining({ code: "FRAME_TOO_LARGE" }));
    expect(feed(MAX_MESSAGE_BYTES, MAX_HEADERS_BYTES + 1)).toThrow(
      expect.objectContaining({ code: "HEADERS_TOO_LARGE" }),
    );
  });

  test("EventStreamDecoder sets nothing aside for a length that is only declared", () => {
    const before = process.memoryUsage().arrayBuffers;
    const decoders = Array.from({ length: 200 }, () => {
      const decoder = new EventStreamDecoder(() => undefined, { maxMessageBytes: 2 ** 32 });
      decoder.feed(prelude(0xffff_ffff, 0));
      decoder.feed(new Uint8Array(100));
      return decoder;
    });
    expect(decoders.every(({ bufferedBytes }) => bufferedBytes === 112)).toBe(true);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
  });

  test("EventStreamDecoder holds no more than the message it waits for", () => {
    const decoder = new EventStreamDecoder(() => undefined);
    const bytes = withPayload(1000);
    for (let round = 0; round < 100; round++) {
      decoder.feed(bytes.subarray(0, 500));
      expect(decoder.bufferedBytes).toBe(500);
      decoder.feed(bytes.subarray(500));
      expect(decoder.bufferedBytes).toBe(0);
    }
  });

  test("EventStreamDecoder gives messages that share headers one frozen object, other than those that can be changed", () => {
    const messages: EventStreamMessage[] = [];
    const decoder = new EventStreamDecoder((message) => messages.push(message));
    const binary = encodeMessage({
      headers: { name: { type: "binary", value: new Uint8Array([1]) } },
      payload: new Uint8Array(),
    });
    for (const bytes of [encodeMessage(text("a")), encodeMessage(text("b")), encodeMessage(text("a")), binary, binary])
      decoder.feed(bytes);
    expect(messages[2]!.headers).toBe(messages[0]!.headers);
    expect(Object.isFrozen(messages[0]!.headers) && Object.isFrozen(messages[0]!.headers["name"])).toBe(true);
    expect(messages[4]!.headers).not.toBe(messages[3]!.headers);
  });

  test("EventStreamDecoder keeps apart more header blocks than it remembers", () => {
    const values: unknown[] = [];
    const decoder = new EventStreamDecoder(({ headers }) => values.push(headers["name"]?.value));
    const expected = Array.from({ length: 60 }, (_, index) => `value ${index % 13}`);
    for (const value of expected) decoder.feed(encodeMessage(text(value)));
    expect(values).toEqual(expected);
  });

  test("EventStreamDecoder reads one message after another from the same Buffer, written anew for each", () => {
    const names = ["one", "two", "one", "six"];
    const seen: unknown[] = [];
    const decoder = new EventStreamDecoder(({ headers }) => seen.push(headers["name"]?.value));
    const buffer = Buffer.alloc(200);
    for (const name of names) {
      const message = encodeMessage(text(name));
      buffer.set(message);
      decoder.feed(buffer.subarray(0, message.length));
    }
    expect(seen).toEqual(names);
  });

  test("EventStreamDecoder gives payloads that later bytes do not change", () => {
    const payloads: Uint8Array[] = [];
    const decoder = new EventStreamDecoder(({ payload }) => payloads.push(payload));
    for (const value of [1, 2, 3]) {
      const bytes = encodeMessage({ headers: {}, payload: new Uint8Array(50).fill(value) });
      decoder.feed(bytes.subarray(0, 30));
      decoder.feed(bytes.subarray(30));
    }
    expect(payloads.map((payload) => payload[49])).toEqual([1, 2, 3]);
  });

  test("EventStreamDecoder lets out what its callback throws, and is over then", () => {
    const mine = new Error("mine");
    const decoder = new EventStreamDecoder(() => {
      throw mine;
    });
    expect(() => decoder.feed(withPayload(1))).toThrow(mine);
    expect(() => decoder.feed(withPayload(1))).toThrow(mine);
    expect(() => decoder.end()).toThrow(mine);
  });
});

describe("EventStreamDecoderStream", () => {
  test("EventStreamDecoderStream gives the messages before an error, then the error, and cancels its source", async () => {
    const bytes = new Uint8Array([...withPayload(1), ...withPayload(2), ...new Uint8Array(20)]);
    const body = new Body([bytes, withPayload(3)]);
    const reader = body.stream.pipeThrough(new EventStreamDecoderStream()).getReader();
    expect((await reader.read()).value?.payload.length).toBe(1);
    await settle();
    expect((await reader.read()).value?.payload.length).toBe(2);
    await expect(reader.read()).rejects.toMatchObject({ code: "PRELUDE_CRC", offset: 35 });
    expect(body.reason).toMatchObject({ code: "PRELUDE_CRC" });
  });

  test("EventStreamDecoderStream fails where its source ends inside a message", async () => {
    const reader = new Body([withPayload(5).subarray(0, 20)]).stream
      .pipeThrough(new EventStreamDecoderStream())
      .getReader();
    await expect(reader.read()).rejects.toMatchObject({ code: "FRAME_TRUNCATED" });
  });

  test("EventStreamDecoderStream fails as its source does", async () => {
    const mine = new Error("mine");
    const reader = new Body([mine]).stream.pipeThrough(new EventStreamDecoderStream()).getReader();
    await expect(reader.read()).rejects.toBe(mine);
  });
});

describe("EventStreamEncoderStream", () => {
  test("EventStreamEncoderStream writes what EventStreamDecoderStream reads, within its limits", async () => {
    const encoder = new EventStreamEncoderStream({ maxMessageBytes: 100 });
    const reader = encoder.readable.pipeThrough(new EventStreamDecoderStream()).getReader();
    const writer = encoder.writable.getWriter();
    void writer.write(text("a"));
    expect((await reader.read()).value).toEqual({ ...text("a"), headers: expect.objectContaining(text("a").headers) });
    void writer.write({ headers: {}, payload: new Uint8Array(85) }).catch(() => undefined);
    await expect(reader.read()).rejects.toMatchObject({ code: "FRAME_TOO_LARGE" });
    await expect(writer.closed).rejects.toMatchObject({ code: "FRAME_TOO_LARGE" });
  });
});
