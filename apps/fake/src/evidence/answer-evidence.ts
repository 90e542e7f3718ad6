import type { ClaudeMessage } from "@claude-on-aws/streaming/claude";
import type { MessageForm, MessageReply } from "../exchange/reply.ts";
import { readBlocks } from "../record/conversation-blocks.ts";
import { callDigest, type TextDigests, textDigests, thinkingDigest } from "../record/conversation-digests.ts";
import type { KeptExchange } from "../record/kept-exchange.ts";
import { type Frame, type Framing, streamFrames } from "../respond/stream-frames.ts";
import { timedFrames } from "../respond/timed-frames.ts";
import { textFingerprints, type WriteFingerprint } from "./conversation-evidence.ts";

/** What Claude said, as far as a later request can be compared with it: keyed fingerprints, and no text. */
export interface AnswerEvidence {
  /** Who broke its stream off; absent where all of it was sent, and where nobody knows. */
  readonly brokenOffBy?: "server" | "client";
  /** All of the text that was to be sent; absent where its stream was not broken off. */
  readonly text?: TextDigests<string>;
  /** Each block of thinking, redacted ones among them, in order. */
  readonly thinking: readonly string[];
  /** Its tool calls, and whether all of each was sent. */
  readonly calls: readonly { readonly id: string; readonly isWhole: boolean }[];
}

/** How a form is streamed; the others are sent in one piece. */
const FRAMINGS: Readonly<Partial<Record<MessageForm, Framing>>> = {
  "message-stream": "sse",
  "invoke-model-stream": "invoke-model",
  "converse-stream": "converse",
};

/** The frames that end a stream, whatever it says: no block is in them. */
const END_FRAMES = 2;

/**
 * Reads what the rules ask of an answer.
 *
 * @returns `undefined` where nothing of it can be told from a later request: it is text alone, and all of it was sent.
 */
export function answerEvidence(
  { message: reply, end }: Pick<KeptExchange, "message" | "end">,
  write: WriteFingerprint,
): AnswerEvidence | undefined {
  if (reply === undefined) return undefined;
  const blocks = readBlocks(reply.message.content);
  if (blocks === undefined) return undefined;
  const brokenOffBy = whoBrokeOff(reply, end);
  const thinking = blocks.flatMap((block) => (block.kind === "thinking" ? write(thinkingDigest(block.parts)) : []));
  const calls = blocks.flatMap((block, index) =>
    block.kind === "call"
      ? { id: write(callDigest(block.id)), isWhole: brokenOffBy === undefined || wasSent(index, reply, end) }
      : [],
  );
  if (brokenOffBy === undefined) return thinking.length + calls.length === 0 ? undefined : { thinking, calls };
  const text = blocks.flatMap((block) => (block.kind === "text" ? block.text : [])).join("");
  return { brokenOffBy, text: textFingerprints(textDigests(text), write), thinking, calls };
}

type End = KeptExchange["end"];

function whoBrokeOff({ kind, message, plan }: MessageReply, end: End): AnswerEvidence["brokenOffBy"] {
  const framing = FRAMINGS[kind];
  // What is sent in one piece is read whole, or not at all.
  if (framing === undefined || end === undefined) return undefined;
  if (plan?.change?.kind === "exception") return end.outcome === "client-left" ? "client" : "server";
  if (end.bytes >= lengthOf(framesOf(message, framing, plan))) return undefined;
  return end.outcome === "client-left" ? "client" : "server";
}

/** Whether so much was sent that all of a block can have been among it. */
function wasSent(index: number, { kind, message, plan }: MessageReply, end: End): boolean {
  const framing = FRAMINGS[kind];
  if (framing === undefined || end === undefined) return true;
  const upToIt: ClaudeMessage = { ...message, content: message.content.slice(0, index + 1) };
  return end.bytes >= lengthOf(framesOf(upToIt, framing, plan).slice(0, -END_FRAMES));
}

/** The frames of a message as they were cut for it. */
const framesOf = (message: ClaudeMessage, framing: Framing, plan: MessageReply["plan"]): readonly Frame[] =>
  plan?.timing === undefined ? streamFrames(message, framing, 0) : timedFrames(message, framing, 0, plan.timing).frames;

const lengthOf = (frames: readonly (string | Uint8Array)[]): number =>
  frames.reduce((sum, frame) => sum + (typeof frame === "string" ? Buffer.byteLength(frame) : frame.length), 0);
