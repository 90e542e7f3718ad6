import { BEDROCK_PADDING, type ClaudeEvent, encodeClaudeEvent } from "@claude-on-aws/streaming/claude";
import { encodeMessage } from "@claude-on-aws/streaming/event-stream";
import type { FrameChange } from "../exchange/reply.ts";
import { paddingLength } from "./chunk-padding.ts";
import { exceptionFrame, type Frame, type Framing } from "./stream-frames.ts";

/** How many frames end a message: with Converse, what it took comes behind it. */
const END_FRAMES: Readonly<Record<Framing, number>> = { sse: 1, "invoke-model": 1, converse: 2 };

/** Where the checksum of a prelude begins: behind two lengths of four bytes each. */
const PRELUDE_CHECKSUM_AT = 8;

type Change<Kind extends FrameChange["kind"]> = (
  frames: readonly Frame[],
  change: Extract<FrameChange, { readonly kind: Kind }>,
  framing: Framing,
) => readonly Frame[];

/** Which frame says that a message is whole. */
export const stopFrameAt = (frames: readonly Frame[], framing: Framing): number => frames.length - END_FRAMES[framing];

const CHANGES: { readonly [Kind in FrameChange["kind"]]: Change<Kind> } = {
  end: (frames, { afterEvents }, framing) => frames.slice(0, Math.max(0, afterEvents ?? stopFrameAt(frames, framing))),
  // It comes before the end of the message at the latest: with that, the message would be whole.
  exception: (frames, { afterEvents, exception }, framing) => [
    ...frames.slice(0, Math.min(afterEvents, stopFrameAt(frames, framing))),
    exceptionFrame(exception, framing),
  ],
  "half-frame": (frames, { afterEvents }) => {
    const at = Math.min(afterEvents, frames.length - 1);
    const frame = frames[at];
    return frame === undefined ? frames : [...frames.slice(0, at), frame.slice(0, Math.ceil(frame.length / 2))];
  },
  "bad-checksum": (frames, { afterEvents, of }) => {
    const at = Math.min(afterEvents, frames.length - 1);
    return frames.map((frame, index) =>
      index === at && typeof frame !== "string" ? withBadChecksum(frame, of) : frame,
    );
  },
  "unknown-event": (frames, { afterEvents, name }, framing) =>
    frames.toSpliced(afterEvents, 0, unknownFrame(name, framing)),
  "duplicate-event": (frames, { afterEvents }) => {
    const at = Math.min(Math.max(1, afterEvents), frames.length);
    return frames.toSpliced(at, 0, ...frames.slice(at - 1, at));
  },
};

/**
 * Does to the frames of a stream what is to be wrong with them.
 *
 * @param frames All frames of the stream.
 * @param change What is wrong.
 * @param framing How they are written.
 * @returns The frames that are sent.
 */
export const changeFrames = (frames: readonly Frame[], change: FrameChange, framing: Framing): readonly Frame[] =>
  (CHANGES[change.kind] as Change<FrameChange["kind"]>)(frames, change as never, framing);

function withBadChecksum(frame: Uint8Array, of: "message" | "prelude"): Uint8Array {
  const at = of === "prelude" ? PRELUDE_CHECKSUM_AT : frame.length - 1;
  return frame.map((byte, index) => (index === at ? byte ^ 0xff : byte));
}

/** An event of a type that is still to come: in Claude's own stream, or, with Converse, in that of AWS. */
function unknownFrame(name: string, framing: Framing): Frame {
  if (framing === "sse") return `event: ${name}\ndata: ${JSON.stringify({ type: name })}\n\n`;
  if (framing === "invoke-model") {
    const padding = BEDROCK_PADDING.slice(0, paddingLength(0));
    return encodeClaudeEvent({ type: name } as unknown as ClaudeEvent, { padding });
  }
  return encodeMessage({
    headers: {
      ":event-type": { type: "string", value: name },
      ":content-type": { type: "string", value: "application/json" },
      ":message-type": { type: "string", value: "event" },
    },
    payload: new TextEncoder().encode("{}"),
  });
}
