import { soakProperty } from "@claude-on-aws/fixtures";
import { array, assert, constantFrom, nat, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { createAnswerReader } from "../usage/create-answer-reader.ts";
import { MessageStreamGuard } from "./message-stream-guard.ts";

const START = 'event: message_start\ndata: {"type":"message_start"}\n\n';
const PING = ": a comment\n\nevent: ping\ndata: {}\n\n";
const STOP = 'event: message_stop\ndata: {"type":"message_stop"}\n\n';
const ERROR = 'event: error\ndata: {"type":"error"}\n\n';
const FAILURE = { code: "STREAM_TRUNCATED", type: "api_error", message: "It ended" } as const;
const FAILED =
  'event: error\ndata: {"type":"error","error":{"type":"api_error","code":"STREAM_TRUNCATED","message":"It ended"}}\n\n';

/** What comes out of pieces of a text, and whether it was whole. */
function guard(pieces: readonly string[]): { text: string; isWhole: boolean; parts: number } {
  const watched = new MessageStreamGuard();
  const passed: Uint8Array[] = [];
  for (const piece of pieces) watched.feed(new TextEncoder().encode(piece), (bytes) => passed.push(bytes));
  if (!watched.isWhole) passed.push(watched.fail(FAILURE));
  return { text: Buffer.concat(passed).toString(), isWhole: watched.isWhole, parts: passed.length };
}

/** Every way to cut a text in two. */
const cuts = (text: string): readonly [string, string][] =>
  Array.from({ length: text.length + 1 }, (_, at) => [text.slice(0, at), text.slice(at)]);

const inCrLf = (text: string): string => text.replaceAll("\n", "\r\n");
const inCr = (text: string): string => text.replaceAll("\n", "\r");

describe.each([
  ["line feeds", (text: string) => text],
  ["both", inCrLf],
  ["carriage returns", inCr],
])("MessageStreamGuard with %s at the ends of lines", (_, write) => {
  test.each([START + PING + STOP, START + ERROR, START + STOP + PING, STOP.replace("event: ", "event:")])(
    "passes %j on as it is, wherever it is cut",
    (text) => {
      for (const pieces of cuts(write(text))) expect(guard(pieces)).toMatchObject({ text: write(text), isWhole: true });
    },
  );

  test.each([
    START,
    START + PING,
    "",
    START + STOP.replace("message_stop", "message_stops"),
    START + "data: event: message_stop\n\n",
  ])("gives %j the end that it lacks, wherever it is cut", (text) => {
    for (const pieces of cuts(write(text)))
      expect(guard(pieces)).toMatchObject({ text: write(text) + FAILED, isWhole: false });
  });
});

describe("MessageStreamGuard", () => {
  test("lets an event go that is not whole: what it adds stands behind whole ones", () => {
    for (const [part] of cuts(STOP).slice(0, -1)) expect(guard([START, part]).text).toBe(START + FAILED);
  });

  test("passes an event that is too long on in parts, and ends it before its own", () => {
    const long = `event: content_block_start\ndata: ${"x".repeat(100_000)}`;

    expect(guard([START, long.slice(0, 90_000), long.slice(90_000)]).text).toBe(
      `${START}${long.slice(0, 90_000)}\n\n${FAILED}`,
    );
    expect(guard([START, long, "\n\n", STOP]).text).toBe(`${START}${long}\n\n${STOP}`);
  });

  test("copies nothing of whole events", () => {
    const watched = new MessageStreamGuard();
    const piece = new TextEncoder().encode(START + PING);
    const passed: Uint8Array[] = [];
    watched.feed(piece, (bytes) => passed.push(bytes));

    expect(passed).toEqual([piece]);
    expect(passed[0]).toBe(piece);
  });
});

test("agrees with the reader of usage where an event ends and whether all has come, however lines end and bytes are cut", () => {
  const pieces = array(
    constantFrom("\n", "\r", "\r\n", "\n\n", "a", ": b", "event: ping", "data: {}", STOP, inCr(STOP), inCrLf(STOP)),
  );
  const agrees = property(pieces, array(nat({ max: 20 }), { minLength: 1, maxLength: 5 }), (texts, lengths) => {
    const bytes = new TextEncoder().encode(texts.join(""));
    const [watched, reader] = [new MessageStreamGuard(), createAnswerReader("text/event-stream")];
    let passed = 0;
    for (let at = 0, cut = 0; at < bytes.length; cut += 1) {
      const end = at + (lengths[cut % lengths.length] ?? 0) + 1;
      const part = bytes.subarray(at, end);
      watched.feed(part, ({ length }) => (passed += length));
      reader?.feed(part);
      at += part.length;
      expect([passed === at, watched.isWhole]).toEqual([reader?.isBetweenEvents, reader?.isWhole]);
    }
  });
  assert(agrees, soakProperty(20_000, 500));
});
