import { anyText } from "@claude-on-aws/fixtures/any-text";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeMessage, encodeMessage, MAX_MESSAGE_BYTES } from "../event-stream/index.ts";
import { CHUNK_HEADERS } from "./bedrock-chunk.ts";
import { encodeChunk } from "./encode-chunk.ts";
import { BEDROCK_PADDING, type ClaudeEvent, encodeBedrockChunks, encodeClaudeEvent } from "./index.ts";

const PADDINGS = { paddingLength: (index: number) => (index * 17) % (BEDROCK_PADDING.length + 1) };

/** A chunk as it is described, by other means. */
function chunk(json: string, padding: string | undefined): Uint8Array {
  const bytes = Buffer.from(new TextEncoder().encode(json)).toString("base64");
  const payload = JSON.stringify(padding === undefined ? { bytes } : { bytes, p: padding });
  return encodeMessage({ headers: CHUNK_HEADERS, payload: new TextEncoder().encode(payload) });
}

const paddingOf = (index: number): string => BEDROCK_PADDING.slice(0, PADDINGS.paddingLength(index));

/** Texts of every kind: empty, ASCII, of several bytes a character, with halves of pairs at their ends, and long ones. */
const textArbitrary = fc.oneof(
  fc.string({ unit: "grapheme-ascii", maxLength: 80 }),
  fc.string({ unit: "grapheme", maxLength: 80 }),
  anyText({ maxLength: 20 }),
  // Units of UTF-16, surrogates that stand alone among them.
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 }).map((units) => String.fromCharCode(...units)),
  fc.constantFrom("", "\ud83d", "\ude00", "a\ud83d", "\ude00b", "\0"),
  fc
    .tuple(fc.constantFrom("x", "é", "漢", "😀", "\ud800"), fc.integer({ min: 300, max: 3000 }))
    .map(([text, times]) => text.repeat(times)),
);

const eventArbitrary: fc.Arbitrary<ClaudeEvent> = textArbitrary.map((text) => ({
  type: "content_block_delta",
  index: 0,
  delta: { type: "text_delta", text },
}));

const equal = (one: Uint8Array, other: readonly Uint8Array[]): boolean =>
  Buffer.compare(one, Buffer.concat(other)) === 0;

describe("encodeBedrockChunks()", () => {
  test("gives byte for byte what encodeClaudeEvent() gives for each event", () => {
    fc.assert(
      fc.property(fc.array(eventArbitrary, { maxLength: 40 }), (events) => {
        const jsons = events.map((event) => JSON.stringify(event));
        const padded = events.map((event, index) => encodeClaudeEvent(event, { padding: paddingOf(index) }));
        const plain = events.map((event) => encodeClaudeEvent(event));

        expect(equal(encodeBedrockChunks(jsons, PADDINGS), padded)).toBe(true);
        expect(equal(encodeBedrockChunks(jsons), plain)).toBe(true);
      }),
    );
  });

  test("and encodeChunk() give byte for byte what JSON and Base64 of the runtime give, of any text", () => {
    fc.assert(
      fc.property(fc.array(textArbitrary, { maxLength: 40 }), (texts) => {
        const padded = texts.map((text, index) => chunk(text, paddingOf(index)));
        const plain = texts.map((text) => chunk(text, undefined));

        expect(equal(encodeBedrockChunks(texts, PADDINGS), padded)).toBe(true);
        expect(equal(encodeBedrockChunks(texts), plain)).toBe(true);
        for (const [index, text] of texts.entries()) {
          expect(equal(encodeChunk(text, paddingOf(index)), [padded[index]!])).toBe(true);
          expect(equal(encodeChunk(text), [plain[index]!])).toBe(true);
        }
      }),
    );
  });

  test("pads encodeChunk() with any text", () => {
    fc.assert(
      fc.property(textArbitrary, textArbitrary, (text, padding) => {
        expect(equal(encodeChunk(text, padding), [chunk(text, padding)])).toBe(true);
      }),
    );
  });

  test.each([
    [0, ""],
    [3, "abc"],
    [3.9, "abc"],
    [-1, ""],
    [Number.NaN, ""],
    [62, BEDROCK_PADDING],
    [1_000_000, BEDROCK_PADDING],
    [Number.POSITIVE_INFINITY, BEDROCK_PADDING],
  ])("pads with as many letters as there are of %d", (length, padding) => {
    const { payload } = decodeMessage(encodeBedrockChunks(["{}"], { paddingLength: () => length }));

    expect(new TextDecoder().decode(payload)).toBe(`{"bytes":"e30=","p":"${padding}"}`);
  });

  test("gives nothing for no events", () => {
    expect(encodeBedrockChunks([], PADDINGS)).toEqual(new Uint8Array());
  });

  test("refuses an event that no decoder would take, whether all of it is ASCII or not", () => {
    const tooLarge = "x".repeat((MAX_MESSAGE_BYTES / 4) * 3);
    const refused = expect.objectContaining({ name: "StreamError", code: "FRAME_TOO_LARGE" });

    expect(() => encodeBedrockChunks(["{}", tooLarge])).toThrow(refused);
    expect(() => encodeBedrockChunks(["{}", `é${tooLarge.slice(1)}`])).toThrow(refused);
    expect(() => encodeChunk(tooLarge)).toThrow(refused);
  });
});
