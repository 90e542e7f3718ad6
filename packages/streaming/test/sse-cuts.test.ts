import { describe, expect, test } from "vitest";
import { ClaudeEventDecoder } from "../src/claude/index.ts";

const EVENTS = [
  {
    type: "message_start",
    message: {
      id: "msg_1",
      type: "message",
      role: "assistant",
      model: "claude-opus-5",
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 1, output_tokens: 1 },
    },
  },
  { type: "ping" },
  { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
  { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "é" } },
];

/** How a stream ends that is cut: its code, and how many events came before. */
function endOf(bytes: Uint8Array): unknown {
  const types: string[] = [];
  const decoder = new ClaudeEventDecoder(({ type }) => types.push(type), { framing: "sse" });
  try {
    decoder.feed(bytes);
    decoder.end();
  } catch (error) {
    return [types.length, (error as { code: string }).code];
  }
  return [types.length, undefined];
}

describe.each(["\n", "\r\n", "\r"])("a stream of server-sent events with line ending %j", (lineEnd) => {
  test("that is cut inside an event ends otherwise than one that is cut between two, at each byte", () => {
    const encoder = new TextEncoder();
    const comment = `: keep-alive${lineEnd}${lineEnd}`;
    let text = comment;
    /** Where an event may end, by bytes, and how many have come then. */
    const between = new Map([...encoder.encode(comment).keys(), comment.length].map((at) => [at, 0]));
    EVENTS.forEach((event, position) => {
      text += `event: ${event.type}${lineEnd}data: ${JSON.stringify(event)}${lineEnd}`;
      const full = encoder.encode(text).length + lineEnd.length;
      text += lineEnd + comment;
      for (let at = full; at <= encoder.encode(text).length; at++) between.set(at, position + 1);
      // The first half of a line break of two ends a line as well.
      if (lineEnd === "\r\n") between.set(full - 1, position + 1);
    });
    const bytes = encoder.encode(text);

    for (let at = 0; at <= bytes.length; at++) {
      const came = between.get(at);
      const [events, code] = endOf(bytes.slice(0, at)) as [number, string];
      expect([at, code]).toEqual([at, came === undefined ? "SSE_TRUNCATED" : "STREAM_TRUNCATED"]);
      // An empty line that ends in CR alone is known to be one only when more comes.
      if (came !== undefined && lineEnd === "\n") expect(events).toBe(came);
    }
  });
});
