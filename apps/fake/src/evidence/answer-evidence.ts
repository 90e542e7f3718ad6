import type { MessageForm, MessageReply } from "../exchange/reply.ts";
import { readBlocks } from "../record/conversation-blocks.ts";
import { callDigest, type TextDigests, textDigests, thinkingDigest } from "../record/conversation-digests.ts";
import type { KeptExchange } from "../record/kept-exchange.ts";
import { changeFrames, stopFrameAt } from "../respond/change-frames.ts";
import { type Framing, framesOf } from "../respond/stream-frames.ts";
import { timedEvents } from "../respond/timed-frames.ts";
import { textFingerprints, type WriteFingerprint } from "./conversation-evidence.ts";

/** What Claude said, as far as a later request can be compared with it: keyed fingerprints, and no text. */
export interface AnswerEvidence {
  /** Who broke its stream off; absent where all of it was sent, and where nobody knows. */
  readonly brokenOffBy?: "server" | "client";
  /** The text that was sent before that; absent where its stream was not broken off. */
  readonly text?: TextDigests<string>;
  /** Whether more text was to be sent; absent where its stream was not broken off. */
  readonly lacksText?: boolean;
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
  const sent = sentOf(reply, end);
  const brokenOffBy = sent === undefined || sent.isWhole ? undefined : whoLeft(end);
  const thinking = blocks.flatMap((block) => (block.kind === "thinking" ? write(thinkingDigest(block.parts)) : []));
  const calls = blocks.flatMap((block, index) =>
    block.kind === "call"
      ? { id: write(callDigest(block.id)), isWhole: sent === undefined || sent.isWhole || sent.blocks.has(index) }
      : [],
  );
  if (sent === undefined || brokenOffBy === undefined) {
    return thinking.length + calls.length === 0 ? undefined : { thinking, calls };
  }
  const whole = blocks.flatMap((block) => (block.kind === "text" ? block.text : [])).join("");
  return {
    brokenOffBy,
    text: textFingerprints(textDigests(sent.text), write),
    lacksText: sent.text.length < whole.length,
    thinking,
    calls,
  };
}

type End = KeptExchange["end"];

const whoLeft = (end: End): AnswerEvidence["brokenOffBy"] => (end?.outcome === "client-left" ? "client" : "server");

/** What of a stream was sent. */
interface Sent {
  /** Whether it said that the message is whole. */
  readonly isWhole: boolean;
  readonly text: string;
  /** Which blocks ended. */
  readonly blocks: ReadonlySet<number>;
}

/**
 * Finds out how much of a stream was sent, by its frames as they were cut for it and by what was wrong with them.
 *
 * @returns `undefined` where it was no stream: what is sent in one piece is read whole, or not at all.
 */
function sentOf({ kind, message, plan }: MessageReply, end: End): Sent | undefined {
  const framing = FRAMINGS[kind];
  if (framing === undefined || end === undefined) return undefined;
  const events = timedEvents(message, framing, 0, plan?.timing);
  const places = framesOf(events, framing).flatMap((frames, index) =>
    frames.map((frame, at) => ({ frame, event: at === frames.length - 1 ? events[index] : undefined })),
  );
  const frames = places.map(({ frame }) => frame);
  const stop = frames[stopFrameAt(frames, framing)];
  const eventOf = new Map(places.map(({ frame, event }) => [frame, event]));
  const blocks = new Set<number>();
  let text = "";
  let bytes = 0;
  for (const frame of plan?.change === undefined ? frames : changeFrames(frames, plan.change, framing)) {
    bytes += typeof frame === "string" ? Buffer.byteLength(frame) : frame.length;
    if (bytes > end.bytes) break;
    if (frame === stop) return { isWhole: true, text, blocks };
    const event = eventOf.get(frame);
    if (event?.type === "content_block_stop") blocks.add(event.index);
    if (event?.type === "content_block_delta" && event.delta.type === "text_delta") text += event.delta.text;
  }
  return { isWhole: false, text, blocks };
}
