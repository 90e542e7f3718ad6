import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatSseEvent, type SseEventFields } from "./format-sse-event.ts";
import { SseDecoder, type SseEvent } from "./sse-decoder.ts";
import { SseEncoderStream } from "./sse-encoder-stream.ts";

describe("formatSseEvent()", () => {
  test.each<[SseEventFields, string]>([
    [{ data: "" }, "data: \n\n"],
    [{ event: "ping", data: '{"type": "ping"}' }, 'event: ping\ndata: {"type": "ping"}\n\n'],
    [{ data: "a\nb\r\nc\rd" }, "data: a\ndata: b\ndata: c\ndata: d\n\n"],
    [{ data: "x", id: "7", retry: 1500 }, "data: x\nid: 7\nretry: 1500\n\n"],
  ])("writes %j", (event, text) => {
    expect(formatSseEvent(event)).toBe(text);
  });

  test.each<SseEventFields>([
    { event: "a\nb", data: "" },
    { event: "a\r", data: "" },
    { id: "a\nb", data: "" },
    { id: "a\0b", data: "" },
    { retry: -1, data: "" },
    { retry: 1.5, data: "" },
    { retry: Number.NaN, data: "" },
  ])("refuses %j", (event) => {
    expect(() => formatSseEvent(event)).toThrow(expect.objectContaining({ name: "StreamError", code: "SSE_FIELD" }));
  });

  test("formatSseEvent() writes what SseDecoder reads", () => {
    const line = fc.string({ unit: "grapheme" }).map((text) => text.replaceAll(/[\r\n\0]/g, ""));
    const event = fc.record({
      event: line.filter((text) => text !== ""),
      data: fc.string({ unit: "grapheme" }),
      id: line,
    });
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const read: SseEvent[] = [];
        const decoder = new SseDecoder((one) => read.push(one));
        decoder.feed(new TextEncoder().encode(events.map((one) => formatSseEvent(one)).join("")));
        decoder.end();
        expect(read).toEqual(events.map((one) => ({ ...one, data: one.data.replaceAll(/\r\n|\r/g, "\n") })));
      }),
    );
  });
});

describe("SseEncoderStream", () => {
  test("SseEncoderStream writes a chunk an event", async () => {
    const { readable, writable } = new SseEncoderStream();
    const writer = writable.getWriter();
    void writer.write({ data: "one" });
    void writer.close();
    const chunks: string[] = [];
    for await (const chunk of readable) chunks.push(new TextDecoder().decode(chunk));
    expect(chunks).toEqual(["data: one\n\n"]);
  });
});
