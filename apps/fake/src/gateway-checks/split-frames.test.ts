import { encodeMessage } from "@claude-on-aws/streaming/event-stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { splitFrames } from "./split-frames.ts";

const EVENTS = "text/event-stream; charset=utf-8";
const FRAMES = "application/vnd.amazon.eventstream";

test("splitFrames() splits server-sent events behind their empty lines", () => {
  const body = Buffer.from("event: a\ndata: 1\n\nevent: b\ndata: 2\n\n");

  expect(splitFrames(body, EVENTS).map(String)).toEqual(["event: a\ndata: 1\n\n", "event: b\ndata: 2\n\n"]);
});

test("splitFrames() splits messages of an event stream by their lengths", () => {
  const message = (text: string): Uint8Array => encodeMessage({ headers: {}, payload: new TextEncoder().encode(text) });
  const messages = [message("one"), message(""), message("three")];

  expect(splitFrames(Buffer.concat(messages), FRAMES).map((frame) => frame.length)).toEqual(
    messages.map(({ length }) => length),
  );
});

test("splitFrames() loses no byte of whatever it is given", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.constantFrom(EVENTS, FRAMES), (body, type) => {
      expect(Buffer.concat(splitFrames(body, type)).equals(body)).toBe(true);
    }),
  );
});
