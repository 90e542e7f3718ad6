import { encodeClaudeEvent } from "@claude-on-aws/streaming/claude";
import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeChunks, paddingAt } from "./encode-chunks.ts";

test("encodeChunks() gives byte for byte what encodeClaudeEvent() gives for each", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 80 }), { maxLength: 80 }), (texts) => {
      const events = texts.map((text) => ({ type: "ping" as const, text }));
      const one = encodeChunks(events.map((event) => JSON.stringify(event)));
      const each = events.map((event, index) => encodeClaudeEvent(event, { padding: paddingAt(index) }));
      expect(Buffer.compare(one, Buffer.concat(each))).toBe(0);
    }),
  );
});
