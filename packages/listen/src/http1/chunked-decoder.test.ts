import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ChunkedDecoder } from "./chunked-decoder.ts";

const MAX_EXTRA_BYTES = 1_000;

/** Feeds pieces; answers the content and the rest, or `undefined` where it is no chunked body. */
function decode(pieces: readonly Uint8Array[]): { content: string; rest: string; isDone: boolean } | undefined {
  const decoder = new ChunkedDecoder(MAX_EXTRA_BYTES);
  let content = "";
  let rest = "";
  for (const piece of pieces) {
    if (decoder.isDone) {
      rest += Buffer.from(piece).toString("latin1");
      continue;
    }
    const decoded = decoder.decode(Buffer.from(piece));
    if (decoded === undefined) return undefined;
    content += decoded.content.toString("latin1");
    rest += decoded.rest.toString("latin1");
  }
  return { content, rest, isDone: decoder.isDone };
}

/** Bytes cut at some places. */
function cutAt(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [...new Set(places.map((place) => place % (bytes.length + 1)))].toSorted((a, b) => a - b);
  return [0, ...at].map((start, index) => bytes.subarray(start, at[index] ?? bytes.length));
}

const chunk = fc.record({
  content: fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString("latin1")),
  zeros: fc.nat({ max: 3 }),
  extension: fc.constantFrom("", ";x", ";x=y", ';x="y z"', ";\xe9"),
});

test("ChunkedDecoder finds the content and what follows, however the bytes are cut", () => {
  fc.assert(
    fc.property(
      fc.array(chunk, { maxLength: 8 }),
      fc.constantFrom("", "X-Trailer: 1\r\n", "a: b\r\nc:\r\n"),
      fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString("latin1")),
      fc.array(fc.nat(), { maxLength: 20 }),
      (chunks, trailers, rest, places) => {
        const framed = chunks.map(
          ({ content, zeros, extension }) =>
            `${"0".repeat(zeros)}${content.length.toString(16)}${extension}\r\n${content}\r\n`,
        );
        const bytes = Buffer.from(`${framed.join("")}0\r\n${trailers}\r\n${rest}`, "latin1");

        expect(decode(cutAt(bytes, places))).toEqual({
          content: chunks.map(({ content }) => content).join(""),
          rest,
          isDone: true,
        });
      },
    ),
    { numRuns: 500 },
  );
});

describe("ChunkedDecoder", () => {
  test.each([
    ["no size", "\r\n"],
    ["a sign", "+3\r\nabc\r\n0\r\n\r\n"],
    ["a prefix", "0x3\r\nabc\r\n0\r\n\r\n"],
    ["a space before the size", " 3\r\nabc\r\n0\r\n\r\n"],
    ["a space after the size", "3 \r\nabc\r\n0\r\n\r\n"],
    ["a size beyond all exact numbers", "40000000000000\r\n"],
    ["a line without CR", "3\nabc\r\n0\r\n\r\n"],
    ["content that is too long", "3\r\nabcd\r\n0\r\n\r\n"],
    ["content that is too short", "3\r\nab\r\n0\r\n\r\n"],
    ["a null byte in an extension", "3;\0\r\nabc\r\n0\r\n\r\n"],
    ["a trailer without a name", "0\r\n: x\r\n\r\n"],
    ["a trailer without a colon", "0\r\nx\r\n\r\n"],
    ["a folded trailer", "0\r\nx: y\r\n z\r\n\r\n"],
    ["an extension without an end", `3;${"x".repeat(2_000)}`],
    ["many extensions", "1;x=0123456789\r\na\r\n".repeat(100)],
    ["trailers without an end", `0\r\n${"x: y\r\n".repeat(300)}`],
  ])("refuses %s, however the bytes are cut", (_, text) => {
    const bytes = Buffer.from(text, "latin1");

    expect(decode([bytes])).toBeUndefined();
    expect(decode([...bytes].map((byte) => Uint8Array.of(byte)))).toBeUndefined();
  });

  test("takes the longest size that is exact", () => {
    expect(decode([Buffer.from("fffffffffffff\r\nabc")])).toEqual({ content: "abc", rest: "", isDone: false });
  });
});
