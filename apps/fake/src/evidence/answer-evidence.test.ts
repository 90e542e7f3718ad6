import type { ClaudeMessage } from "@claude-on-aws/streaming/claude";
import { describe, expect, test } from "vitest";
import { streamFrames } from "../respond/stream-frames.ts";
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

  test("says of a stream of Converse that it was whole once its message stopped: what it took comes behind that", () => {
    const sizes = streamFrames(MESSAGE, "converse", 0).map(({ length }) => length);
    const upTo = (count: number): number => sizes.slice(0, count).reduce((sum, size) => sum + size, 0);
    const evidenceOf = (count: number) =>
      answerEvidence(
        {
          message: { kind: "converse-stream", message: MESSAGE },
          end: { outcome: "server-cut", bytes: upTo(count) } as never,
        },
        String,
      );

    expect(evidenceOf(sizes.length - 1)).toBeUndefined();
    expect(evidenceOf(sizes.length - 2)).toMatchObject({
      brokenOffBy: "server",
      text: { length: TEXT.length },
      lacksText: false,
    });
    expect(evidenceOf(2)).toMatchObject({ brokenOffBy: "server", lacksText: true });
  });

  test("says of an exception that it came before the end, whatever place it was to have", () => {
    const change = {
      kind: "exception",
      afterEvents: 1000,
      exception: { name: "throttlingException", errorType: "rate_limit_error", message: "" },
    } as const;
    for (const kind of ["message-stream", "invoke-model-stream", "converse-stream"] as const) {
      const end = { outcome: "whole", bytes: 1_000_000 } as never;
      const evidence = answerEvidence({ message: { kind, message: MESSAGE, plan: { change } }, end }, String);
      expect(evidence?.brokenOffBy).toBe("server");
    }
  });
});
