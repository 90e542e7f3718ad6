import { readJson } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { cutAtRandom, Random } from "../../test/random.ts";
import { SseDecoder, type SseEvent } from "./sse-decoder.ts";
import { SseDecoderStream } from "./sse-decoder-stream.ts";

interface Case {
  readonly name: string;
  readonly text: string;
  readonly events: readonly SseEvent[];
  readonly comments?: readonly string[];
  readonly retries?: readonly number[];
  readonly throws?: string;
}

const CASES = readJson<Case[]>("sse/framing.json");
const ENCODER = new TextEncoder();

function decode(chunks: readonly Uint8Array[]): unknown {
  const events: SseEvent[] = [];
  const comments: string[] = [];
  const retries: number[] = [];
  const decoder = new SseDecoder((event) => events.push(event), {
    onComment: (comment) => comments.push(comment),
    onRetry: (retry) => retries.push(retry),
  });
  let code: string | undefined;
  try {
    for (const chunk of chunks) decoder.feed(chunk);
    decoder.end();
  } catch (error) {
    ({ code } = error as { code: string });
  }
  return { events, comments, retries, code };
}

describe("SseDecoder", () => {
  test.each(CASES)("reads $name, whatever way it is cut", ({ text, events, comments = [], retries = [], throws }) => {
    const expected = { events, comments, retries, code: throws };
    const bytes = ENCODER.encode(text);
    expect(decode([bytes])).toEqual(expected);
    for (let at = 0; at <= bytes.length; at++) {
      expect(decode([bytes.slice(0, at), bytes.slice(at)])).toEqual(expected);
    }
    expect(decode(Array.from(bytes, (byte) => new Uint8Array([byte])))).toEqual(expected);
    const random = new Random(3);
    for (let round = 0; round < 50; round++)
      expect(decode(cutAtRandom(bytes, random.below(9), random))).toEqual(expected);
  });

  test("SseDecoder reads bytes that are not UTF-8 as U+FFFD, also at the end", () => {
    expect(decode([new Uint8Array([...ENCODER.encode("data: a"), 0xc3, 0x0a, 0x0a])])).toMatchObject({
      events: [{ data: "a\ufffd" }],
    });
    expect(decode([new Uint8Array([...ENCODER.encode("data: a"), 0xc3])])).toMatchObject({
      events: [],
      code: "SSE_TRUNCATED",
    });
  });

  test.each(["data: ", "data: x\ndata: ", ": ", "event: "])(
    "SseDecoder refuses an event that begins %j and outgrows maxEventLength",
    (beginning) => {
      const decoder = new SseDecoder(() => undefined, { maxEventLength: 100, onComment: () => undefined });
      decoder.feed(ENCODER.encode(beginning));
      expect(() => {
        for (let fed = 0; fed < 200; fed++) decoder.feed(ENCODER.encode("x"));
      }).toThrow(expect.objectContaining({ code: "SSE_TOO_LARGE" }));
      expect(() => decoder.feed(ENCODER.encode("\n\n"))).toThrow(expect.objectContaining({ code: "SSE_TOO_LARGE" }));
      expect(() => decoder.end()).toThrow(expect.objectContaining({ code: "SSE_TOO_LARGE" }));
    },
  );

  test("SseDecoder takes an event of just maxEventLength", () => {
    const events: SseEvent[] = [];
    const decoder = new SseDecoder((event) => events.push(event), { maxEventLength: 106 });
    for (const byte of ENCODER.encode(`data: ${"x".repeat(100)}\n\n`)) decoder.feed(new Uint8Array([byte]));
    expect(events).toHaveLength(1);
  });

  test("SseDecoder lets out what its callback throws, and is over then", () => {
    const mine = new Error("mine");
    const decoder = new SseDecoder(() => {
      throw mine;
    });
    expect(() => decoder.feed(ENCODER.encode("data: one\n\n"))).toThrow(mine);
    expect(() => decoder.feed(ENCODER.encode("data: two\n\n"))).toThrow(mine);
  });
});

describe("SseDecoderStream", () => {
  test("SseDecoderStream gives the events before an error, then the error", async () => {
    const { readable, writable } = new SseDecoderStream();
    const writer = writable.getWriter();
    void writer.write(ENCODER.encode("data: one\n\ndata: two\n\ndata: thr")).catch(() => undefined);
    void writer.close().catch(() => undefined);
    const reader = readable.getReader();
    expect(await reader.read()).toMatchObject({ value: { data: "one" } });
    expect(await reader.read()).toMatchObject({ value: { data: "two" } });
    await expect(reader.read()).rejects.toMatchObject({ code: "SSE_TRUNCATED" });
  });
});
