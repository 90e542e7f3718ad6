import { EventStreamCodec, Int64 } from "@smithy/eventstream-codec";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decodeMessage,
  encodeMessage,
  EventStreamDecoder,
  type EventStreamHeaderValue,
  type EventStreamMessage,
} from "../src/event-stream/index.ts";
import { headersOf } from "./read-vectors.ts";

type SmithyMessage = Parameters<EventStreamCodec["encode"]>[0];
type SmithyValue = SmithyMessage["headers"][string];

const CODEC = new EventStreamCodec(
  (bytes) => (typeof bytes === "string" ? bytes : new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)),
  (text) => new TextEncoder().encode(text),
);

/** What a JavaScript number holds of a long: smithy's Int64 is made from one. */
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

const valueArbitrary: fc.Arbitrary<EventStreamHeaderValue> = fc.oneof(
  fc.record({ type: fc.constant("boolean" as const), value: fc.boolean() }),
  fc.record({ type: fc.constant("byte" as const), value: fc.integer({ min: -128, max: 127 }) }),
  fc.record({ type: fc.constant("short" as const), value: fc.integer({ min: -32_768, max: 32_767 }) }),
  fc.record({ type: fc.constant("integer" as const), value: fc.integer() }),
  fc.record({ type: fc.constant("long" as const), value: fc.bigInt({ min: -MAX_SAFE, max: MAX_SAFE }) }),
  fc.record({ type: fc.constant("binary" as const), value: fc.uint8Array({ maxLength: 300 }) }),
  fc.record({ type: fc.constant("string" as const), value: fc.string({ unit: "grapheme", maxLength: 300 }) }),
  fc.record({ type: fc.constant("timestamp" as const), value: fc.date({ noInvalidDate: true }) }),
  fc.record({ type: fc.constant("uuid" as const), value: fc.uuid() }),
);

const nameArbitrary = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
  // Smithy keeps headers in an ordinary object, where this is not a name.
  .filter((name) => name !== "__proto__" && new TextEncoder().encode(name).length <= 255);

const messageArbitrary: fc.Arbitrary<EventStreamMessage> = fc.record({
  headers: fc
    .uniqueArray(fc.tuple(nameArbitrary, valueArbitrary), { selector: ([name]) => name, maxLength: 8 })
    .map((rows) => headersOf(rows)),
  payload: fc.uint8Array({ maxLength: 2000 }),
});

const toSmithy = (header: EventStreamHeaderValue): SmithyValue =>
  header.type === "long" ? { type: "long", value: Int64.fromNumber(Number(header.value)) } : (header as SmithyValue);

const fromSmithy = (header: SmithyValue): EventStreamHeaderValue =>
  header.type === "long" ? { type: "long", value: BigInt(header.value.valueOf()) } : (header as EventStreamHeaderValue);

describe("encodeMessage() and decodeMessage()", () => {
  test("encodeMessage() writes what smithy writes, and smithy reads it", () => {
    fc.assert(
      fc.property(messageArbitrary, (message) => {
        const headers = Object.fromEntries(
          Object.entries(message.headers).map(([name, value]) => [name, toSmithy(value)]),
        );
        const bytes = encodeMessage(message);
        expect(bytes).toEqual(CODEC.encode({ headers, body: message.payload }));
        const read = CODEC.decode(bytes);
        expect(new Uint8Array(read.body)).toEqual(message.payload);
        expect(headersOf(Object.entries(read.headers).map(([name, value]) => [name, fromSmithy(value)]))).toEqual(
          message.headers,
        );
      }),
      { numRuns: 300 },
    );
  });

  test("decodeMessage() and EventStreamDecoder read what smithy writes", () => {
    fc.assert(
      fc.property(fc.array(messageArbitrary, { maxLength: 4 }), fc.integer({ min: 1, max: 700 }), (messages, size) => {
        const frames = messages.map(({ headers, payload }) =>
          CODEC.encode({
            headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, toSmithy(value)])),
            body: payload,
          }),
        );
        expect(frames.map((frame) => decodeMessage(frame))).toEqual(messages);
        const bytes = new Uint8Array(frames.flatMap((frame) => [...frame]));
        const read: EventStreamMessage[] = [];
        const decoder = new EventStreamDecoder((message) => read.push(message));
        for (let at = 0; at < bytes.length; at += size) decoder.feed(bytes.subarray(at, at + size));
        decoder.end();
        expect(read).toEqual(messages);
      }),
      { numRuns: 300 },
    );
  });

  test("encodeMessage() writes longs of all 64 bits", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        const { headers } = decodeMessage(
          encodeMessage({ headers: { long: { type: "long", value } }, payload: new Uint8Array() }),
        );
        expect(headers["long"]?.value).toBe(value);
      }),
    );
  });
});
