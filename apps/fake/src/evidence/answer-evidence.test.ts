import type { ClaudeMessage } from "@claude-on-aws/streaming/claude";
import { describe, expect, test } from "vitest";
import { timedFrames } from "../respond/timed-frames.ts";
import { answerEvidence } from "./answer-evidence.ts";

const TEXT = "A text that is streamed in one piece, where it would be several otherwise";
const MESSAGE: ClaudeMessage = {
  id: "msg_1",
  type: "message",
  role: "assistant",
  model: "claude-sonnet-4-6",
  content: [{ type: "text", text: TEXT }],
  stop_reason: "end_turn",
  stop_sequence: null,
  usage: { input_tokens: 1, output_tokens: 1 },
};

describe("answerEvidence()", () => {
  // In fewer pieces than usual a whole stream is shorter than usual.
  const timing = { chunks: [TEXT] };
  const { frames } = timedFrames(MESSAGE, "sse", 0, timing);
  const bytes = frames.join("").length;

  test.each([
    ["whole", bytes, undefined],
    ["cut", bytes - 1, "server"],
  ])("says of a stream with chunks of its own that it was %s", (_, sent, brokenOffBy) => {
    const end = { outcome: "completed", bytes: sent } as never;
    const evidence = answerEvidence(
      { message: { kind: "message-stream", message: MESSAGE, plan: { timing } }, end },
      String,
    );

    expect(evidence?.brokenOffBy).toBe(brokenOffBy);
  });
});
