import { soakLength } from "@claude-on-aws/fixtures";
import { crc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { ClaudeEventDecoder, encodeClaudeEvent } from "../src/claude/index.ts";
import { EventStreamDecoder, StreamError } from "../src/event-stream/index.ts";
import { VALID_VECTORS } from "./read-vectors.ts";
import { Random } from "./random.ts";

const FRAMES = soakLength(1_000_000, 5_000);

const SEEDS = [
  ...VALID_VECTORS.map(({ bytes }) => bytes).filter(({ length }) => length < 1000),
  encodeClaudeEvent({ type: "ping" }),
  encodeClaudeEvent({ type: "error", error: { type: "overloaded_error", message: "Overloaded" } }),
];

/** Makes the checksums hold again, so that the mutation is found after they were verified. */
function sign(bytes: Uint8Array): void {
  if (bytes.length < 16) return;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  view.setUint32(8, crc32(bytes.subarray(0, 8)));
  view.setUint32(bytes.length - 4, crc32(bytes.subarray(0, -4)));
}

/** Changes a frame in some way, and puts it between bytes that must not be read. */
function mutate(random: Random): { readonly buffer: Uint8Array; readonly frame: Uint8Array } {
  const seed = SEEDS[random.below(SEEDS.length)]!;
  const kind = random.below(6);
  const length = kind === 0 ? random.below(seed.length + 1) : kind === 1 ? seed.length + random.below(40) : seed.length;
  const buffer = new Uint8Array(length + 64).fill(0xaa);
  const frame = buffer.subarray(32, 32 + length);
  frame.set(seed.subarray(0, length));
  const flips = length === 0 ? 0 : 1 + random.below(8);
  for (let flip = 0; flip < flips; flip++) {
    const at = kind === 2 ? random.below(Math.min(12, length)) : random.below(length);
    frame[at] = random.below(3) === 0 ? [0, 0xff, 0x7f, 0x80][random.below(4)]! : random.below(256);
  }
  if (kind > 2 || random.below(2) === 0) {
    if (random.below(2) === 0 && length >= 16) new DataView(buffer.buffer, 32).setUint32(0, length);
    sign(frame);
  }
  return { buffer, frame };
}

describe(`${FRAMES} mutated frames`, () => {
  test("EventStreamDecoder and ClaudeEventDecoder give messages or a StreamError, and read no further", () => {
    const random = new Random(20_261_121);
    const codes = new Map<string, number>();
    let messages = 0;
    for (let index = 0; index < FRAMES; index++) {
      const { buffer, frame } = mutate(random);
      const payloadEnds: number[] = [];
      const decoders = [
        new EventStreamDecoder(({ payload }) => {
          messages++;
          if (payload.buffer === buffer.buffer) payloadEnds.push(payload.byteOffset + payload.length);
        }),
        new ClaudeEventDecoder(() => undefined, { framing: "event-stream" }),
      ];
      const cut = random.below(frame.length + 1);
      for (const decoder of decoders) {
        try {
          decoder.feed(frame.subarray(0, cut));
          decoder.feed(frame.subarray(cut));
          decoder.end();
        } catch (error) {
          if (!(error instanceof StreamError)) throw error;
          codes.set(error.code, (codes.get(error.code) ?? 0) + 1);
        }
      }
      if (payloadEnds.some((end) => end > 32 + frame.length - 4))
        throw new Error(`A payload ends beyond frame ${index}`);
    }
    // That mutations come through to every check shows that they test it.
    expect([...codes.keys()]).toEqual(
      expect.arrayContaining([
        "PRELUDE_CRC",
        "MESSAGE_CRC",
        "FRAME_LENGTH",
        "FRAME_TOO_LARGE",
        "HEADERS_TOO_LARGE",
        "FRAME_TRUNCATED",
        "HEADER_NAME",
        "HEADER_TYPE",
        "HEADER_VALUE",
        "EVENT_MALFORMED",
        "STREAM_EXCEPTION",
        "STREAM_TRUNCATED",
      ]),
    );
    expect(messages).toBeGreaterThan(FRAMES / 100);
  }, 600_000);
});
